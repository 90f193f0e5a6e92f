import { readJobStateChange } from '../shared/events/job-state-change.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';
import { onJobState } from '../shared/use-cases/on-job-state.ts';

/** Invoked by EventBridge: a Glue job run has ended. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'on-job-state', parse: readJobStateChange, act: onJobState });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
