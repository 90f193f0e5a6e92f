import { isPaused, type SlotsRecord } from '../runs/slots.ts';
import { catchUp } from './on-schedule.ts';
import { rulesOf, signalSlots } from './run-machine.ts';
import { schedulesOf, signalSchedule, triggerIsPaused } from './schedule-machine.ts';
import type { System } from './system.ts';

/** From now on runs of the pipeline, or of just the one trigger, wait. Those that are live go on. */
export function pausePipeline(system: System, pipeline: string, trigger?: string): Promise<SlotsRecord | undefined> {
  system.log({ message: 'paused', pipeline, ...(trigger === undefined ? {} : { trigger }) });
  return signalSlots(system, pipeline, { is: 'pause', ...(trigger === undefined ? {} : { trigger }) });
}

export type Resume = {
  /** Absent: the pipeline, with all of its triggers. */
  readonly trigger?: string;
  /** What came meanwhile, and what schedules have missed, is not started. */
  readonly drop: boolean;
};

/** What waited has its turn, and schedules catch up; or all that came meanwhile is dropped. */
export async function resumePipeline(
  system: System,
  pipeline: string,
  { trigger, drop }: Resume,
): Promise<SlotsRecord | undefined> {
  system.log({ message: 'resumed', pipeline, drop, ...(trigger === undefined ? {} : { trigger }) });
  const entry = system.catalog.byName(pipeline);
  if (drop && entry !== undefined) {
    // before it is resumed: after it, the reconciler might come first
    for (const of of schedulesOf(entry.pipeline)) {
      const goesOn = trigger === undefined || trigger === of.trigger;
      if (!goesOn || !(await triggerIsPaused(system, pipeline, of.trigger))) continue;
      await signalSchedule(system, pipeline, of.trigger, { is: 'pass-over', of });
    }
  }
  const named = trigger === undefined ? {} : { trigger };
  const slots = await signalSlots(system, pipeline, { is: 'resume', ...named, drop, rules: rulesOf(system, pipeline) });
  if (!isPaused(slots, trigger)) await catchUp(system, pipeline);
  return slots;
}
