import { type LambdaHandler, openDoor } from '../shared/aws/door.ts';
import { onSchedule } from '../shared/aws/on-schedule.ts';
import type { System } from '../shared/aws/system.ts';
import { fromEnvironment } from '../shared/aws/system-from-environment.ts';
import { readScheduleDue } from '../shared/events/schedule-due.ts';

/** Invoked by EventBridge Scheduler: starts the run of an interval. */
export function createHandler(system: System): LambdaHandler {
  return openDoor(system, { name: 'on-schedule', parse: readScheduleDue, act: onSchedule });
}

export const handler: LambdaHandler = fromEnvironment(createHandler);
