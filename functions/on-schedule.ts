import { readScheduleDue } from '../shared/events/schedule-due.ts';
import { type LambdaHandler, openDoor } from '../shared/lambda/door.ts';
import { fromEnvironment } from '../shared/lambda/system-from-environment.ts';
import type { System } from '../shared/services/system.ts';
import { onSchedule } from '../shared/use-cases/on-schedule.ts';

/** Invoked by EventBridge Scheduler: starts the run of an interval. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'on-schedule', parse: readScheduleDue, act: onSchedule });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
