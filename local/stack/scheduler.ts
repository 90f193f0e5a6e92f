import { schedulesOf, signalSchedule } from '../../shared/actors/schedule-actor.ts';
import { scheduleInput } from '../../shared/events/schedule-due.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { System } from '../../shared/services/system.ts';
import { nextTimes, timesOf } from '../../shared/time/next-times.ts';
import { countsFrom, type Scheduled } from '../../shared/triggers/schedules/advance-schedule.ts';
import type { Timers } from '../clock/timers.ts';
import type { Functions } from '../lambda/functions.ts';

export type SchedulerOptions = {
  readonly pipelines: readonly Pipeline[];
  readonly functions: Pick<Functions, 'invoke'>;
  /** The ledger contains the start of each `rate`. */
  readonly system: System;
  readonly timers: Timers;
  readonly now: () => number;
  readonly onSurprise?: (error: unknown) => void;
};

/**
 * EventBridge Scheduler: invokes `on-trigger` at each scheduled time. The reconciler finds missed times.
 *
 * @returns a function that stops it
 */
export async function startScheduler(options: SchedulerOptions): Promise<() => void> {
  const stops: (() => void)[] = [];
  for (const of of options.pipelines.flatMap(schedulesOf)) stops.push(await startSchedule(options, of));
  return () => {
    for (const stop of stops) stop();
  };
}

async function startSchedule(
  { system, timers, functions, now, onSurprise }: SchedulerOptions,
  of: Scheduled,
): Promise<() => void> {
  const { pipeline, trigger, expression, timezone } = of;
  const record = await signalSchedule(system, pipeline, trigger, { is: 'seen', of });
  // A time that a clock change skips does not exist, so it is not missed.
  const times = timesOf({ expression, timezone }, countsFrom(record, of, now()));

  let stop = (): void => undefined;
  function wait(after: number): void {
    const [time] = nextTimes(times, after, 1);
    if (time === undefined) return;
    stop = timers.at(time, () => {
      const input = scheduleInput(pipeline, trigger, `${new Date(time).toISOString().slice(0, 19)}Z`);
      functions.invoke('on-trigger', input).catch((error: unknown) => onSurprise?.(error));
      wait(time);
    });
  }
  wait(now());
  return () => stop();
}
