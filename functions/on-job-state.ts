import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import { onJobState } from '../shared/aws/on-job-state.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';
import { readJobStateChange } from '../shared/events/job-state-change.ts';

/** Invoked by EventBridge: a Glue job run has ended. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'on-job-state', parse: readJobStateChange, act: onJobState });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
