import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import { onRunState } from '../shared/aws/on-run-state.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';
import { readExecutionStatusChange } from '../shared/events/execution-status-change.ts';

/** Invoked by EventBridge: the execution of a run has changed its status. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'on-run-state', parse: readExecutionStatusChange, act: onRunState });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
