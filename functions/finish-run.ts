import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import { finishRun } from '../shared/aws/finish-run.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';
import { readFinishCall } from '../shared/runs/read-call.ts';

/** Invoked by the state machine's last step. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'finish-run', parse: readFinishCall, act: finishRun, retried: true });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
