import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import { readFinishCall } from '../shared/protocol/read-call.ts';
import type { System } from '../shared/services/system.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { finishRun } from '../shared/use-cases/events/finish-run.ts';

/** Invoked by the state machine's last step. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'finish-run', parse: readFinishCall, act: finishRun, retried: true });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment(createHandler);
