import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import { signal } from '../shared/aws/signal.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';
import { readSignalCall } from '../shared/runs/read-call.ts';

/** Invoked by the state machine: outcomes that other branches wait for. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'signal', parse: readSignalCall, act: signal, retried: true });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
