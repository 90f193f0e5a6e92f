import { readExecutionStatusChange } from '../shared/events/execution-status-change.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { onRunState } from '../shared/use-cases/events/on-run-state.ts';

/** Invoked by EventBridge: the execution of a run has changed its status. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'on-run-state', parse: readExecutionStatusChange, act: onRunState });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment(createHandler);
