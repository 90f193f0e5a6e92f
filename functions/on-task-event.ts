import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';
import { readWorkEvent } from '../shared/tasks/kinds.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { onWorkEvent } from '../shared/use-cases/events/on-work-event.ts';

/** Invoked by EventBridge: work of any task kind has ended. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), { name: 'on-task-event', parse: readWorkEvent, act: onWorkEvent });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment(createHandler);
