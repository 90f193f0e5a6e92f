import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import { readStartCall } from '../shared/protocol/read-call.ts';
import type { System } from '../shared/services/system.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { startTask } from '../shared/use-cases/events/start-task.ts';

/** Invoked by the state machine with a token: starts the task's work, or registers a gate. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'start-task', parse: readStartCall, act: startTask, retried: true });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment(createHandler);
