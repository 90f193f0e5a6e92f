import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import { onObjects, readArrivals } from '../shared/aws/on-objects.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';

/** Invoked by SQS, which S3 feeds through EventBridge: objects have arrived. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'on-objects', parse: readArrivals, act: onObjects });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
