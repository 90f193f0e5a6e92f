import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { onObjects, readArrivals } from '../shared/use-cases/events/on-objects.ts';

/** Invoked by SQS, which S3 feeds through EventBridge: objects have arrived. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'on-objects', parse: readArrivals, act: onObjects });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment(createHandler);
