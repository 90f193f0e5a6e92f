import { readTriggerDue } from '../shared/events/trigger-due.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { onEvent } from '../shared/use-cases/events/on-event.ts';
import { onSchedule } from '../shared/use-cases/events/on-schedule.ts';

/** Invoked by EventBridge or its Scheduler for one trigger: starts its run. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(withOwnRuns(system), {
    name: 'on-trigger',
    parse: readTriggerDue,
    act: (within, due) => ('event' in due ? onEvent(within, due) : onSchedule(within, due)),
  });
}

export const handler: LambdaHandler = /* @__PURE__ */ fromEnvironment(createHandler);
