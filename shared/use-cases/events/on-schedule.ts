import { scheduleOf, signalSchedule, toScheduled, triggerIsPaused } from '../../actors/schedule-actor.ts';
import type { ScheduleDue } from '../../events/schedule-due.ts';
import type { System } from '../../services/system.ts';

/** A schedule is due: its run starts, once. While the trigger is paused, the time counts as missed. */
export async function onSchedule(
  system: System,
  { pipeline, trigger: name, scheduledTime }: ScheduleDue,
): Promise<void> {
  const trigger = scheduleOf(system, pipeline, name);
  const subject = { pipeline, trigger: name, scheduledTime: new Date(scheduledTime).toISOString() };
  if (trigger === undefined) {
    system.log({ message: 'no such schedule', ...subject });
    return;
  }
  const of = toScheduled(pipeline, name, trigger);
  if (await triggerIsPaused(system, pipeline, name)) {
    system.log({ message: 'schedule paused', ...subject });
    await signalSchedule(system, pipeline, name, { is: 'seen', time: scheduledTime, of });
    return;
  }
  system.log({ message: 'schedule due', ...subject });
  await signalSchedule(system, pipeline, name, { is: 'due', time: scheduledTime, of });
}
