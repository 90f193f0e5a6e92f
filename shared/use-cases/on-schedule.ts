import { scheduleOf, schedulesOf, signalSchedule, toScheduled, triggerIsPaused } from '../actors/schedule-actor.ts';
import type { ScheduleDue } from '../events/schedule-due.ts';
import type { CatalogEntry } from '../services/catalog.ts';
import type { System } from '../services/system.ts';

/** The time of a schedule has come: its run is started, once. While it is paused the time passes, and is missed. */
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

/**
 * Looks for times that were missed, of all schedules that are not paused, and starts what `catchup` says.
 *
 * @param after `resumed`: the scheduler itself was down, and tells of nothing that was due until now
 * @param deadline epoch milliseconds: no other pipeline is looked at after it
 * @returns how many schedules could not be looked at now
 */
export async function catchUp(
  system: System,
  after: 'look' | 'resumed' = 'look',
  deadline = Number.POSITIVE_INFINITY,
): Promise<number> {
  let failed = 0;
  for (const { pipeline } of fromAnywhere(system)) {
    if (system.clock() >= deadline) break;
    for (const of of schedulesOf(pipeline)) {
      try {
        const is = (await triggerIsPaused(system, of.pipeline, of.trigger)) ? 'seen' : after;
        await signalSchedule(system, of.pipeline, of.trigger, { is, of });
      } catch (error) {
        // one that fails does not keep the others; it is looked at again
        failed += 1;
        const name = error instanceof Error ? error.name : 'Error';
        system.log({ message: 'catch-up failed', pipeline: of.pipeline, trigger: of.trigger, error: name });
      }
    }
  }
  return failed;
}

/** Where the time does not suffice for all, the next look begins with others. */
function fromAnywhere({ catalog: { pipelines }, random }: System): readonly CatalogEntry[] {
  const first = Math.floor(random() * pipelines.length);
  return [...pipelines.slice(first), ...pipelines.slice(0, first)];
}
