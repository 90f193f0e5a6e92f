import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import { reconcile } from '../shared/aws/reconcile.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';
import { readSweep } from '../shared/events/sweep.ts';

/** Invoked by a schedule: whatever was missed by all of the others. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'reconcile', parse: readSweep, act: reconcile });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
