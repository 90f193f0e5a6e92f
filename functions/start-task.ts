import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import { startTask } from '../shared/aws/start-task.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';
import { readStartCall } from '../shared/runs/read-call.ts';

/** Invoked by the state machine, with a token: starts what the task is, or registers a gate. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'start-task', parse: readStartCall, act: startTask, retried: true });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
