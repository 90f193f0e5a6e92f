import { roomOf, signalSlots } from '../../actors/run-actor.ts';
import { schedulesOf, signalSchedule, triggerIsPaused } from '../../actors/schedule-actor.ts';
import { present } from '../../json.ts';
import { isPaused, type SlotsRecord } from '../../runs/slots/slots.ts';
import type { System } from '../../services/system.ts';
import type { Scheduled } from '../../triggers/schedules/advance-schedule.ts';

/** From now on runs of the pipeline, or of one trigger, are held. Live runs continue. */
export function pausePipeline(system: System, pipeline: string, trigger?: string): Promise<SlotsRecord | undefined> {
  system.log({ message: 'paused', pipeline, ...present({ trigger }) });
  return signalSlots(system, pipeline, { is: 'pause', ...present({ trigger }) });
}

export type Resume = {
  /** Absent: the pipeline, with all of its triggers. */
  readonly trigger?: string;
  /** Held runs and missed schedules are dropped, not started. */
  readonly drop: boolean;
};

/** Starts held runs and catches up on schedules, or drops both. */
export async function resumePipeline(
  system: System,
  pipeline: string,
  { trigger, drop }: Resume,
): Promise<SlotsRecord | undefined> {
  system.log({ message: 'resumed', pipeline, drop, ...present({ trigger }) });
  const entry = system.catalog.byName(pipeline);
  const schedules: Scheduled[] = [];
  for (const of of entry === undefined ? [] : schedulesOf(entry.pipeline)) {
    if (trigger !== undefined && trigger !== of.trigger) continue;
    if (!(await triggerIsPaused(system, pipeline, of.trigger))) continue;
    // recorded before resuming: otherwise the reconciler might come first
    await signalSchedule(system, pipeline, of.trigger, { is: drop ? 'pass-over' : 'seen', of });
    schedules.push(of);
  }
  const named = trigger === undefined ? {} : { trigger };
  const slots = await signalSlots(system, pipeline, { is: 'resume', ...named, drop, rules: roomOf(system, pipeline) });
  for (const of of schedules) {
    if (isPaused(slots, of.trigger)) continue;
    await signalSchedule(system, pipeline, of.trigger, { is: 'resumed', of });
  }
  return slots;
}
