import { scheduleInput } from '../shared/events/schedule-due.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';
import type { Pipeline, Trigger } from '../shared/pipeline/pipeline.ts';
import { scheduleKey } from '../shared/runs/ledger-keys.ts';
import { scheduleRecord } from '../shared/triggers/advance-schedule.ts';
import { nextTimes, timesOf } from '../shared/triggers/next-times.ts';
import type { Functions } from './functions.ts';
import type { Timers } from './timers.ts';

export type SchedulerOptions = {
  readonly pipelines: readonly Pipeline[];
  readonly functions: Pick<Functions, 'invoke'>;
  readonly ledger: Ledger;
  readonly timers: Timers;
  readonly now: () => number;
  readonly onSurprise?: (error: unknown) => void;
};

type ScheduleTrigger = Extract<Trigger, { kind: 'schedule' }>;

/**
 * EventBridge Scheduler: invokes `on-schedule` at each time of each schedule. What is missed, the reconciler finds.
 *
 * @returns what ends it
 */
export async function startScheduler(options: SchedulerOptions): Promise<() => void> {
  const stops: (() => void)[] = [];
  for (const { name, triggers } of options.pipelines) {
    for (const [trigger, schedule] of Object.entries(triggers)) {
      if (schedule.kind === 'schedule') stops.push(await startSchedule(options, name, trigger, schedule));
    }
  }
  return () => {
    for (const stop of stops) stop();
  };
}

async function startSchedule(
  { ledger, timers, functions, now, onSurprise }: SchedulerOptions,
  pipeline: string,
  trigger: string,
  schedule: ScheduleTrigger,
): Promise<() => void> {
  const item = await ledger.get(scheduleKey(pipeline, trigger));
  const times = timesOf(schedule, item === undefined ? now() : scheduleRecord.parse(item.value).since);

  let stop = (): void => undefined;
  function wait(after: number): void {
    const [time] = nextTimes(times, after, 1);
    if (time === undefined) return;
    stop = timers.at(time, () => {
      const input = scheduleInput(pipeline, trigger, `${new Date(time).toISOString().slice(0, 19)}Z`);
      functions.invoke('on-schedule', input).catch((error: unknown) => onSurprise?.(error));
      wait(time);
    });
  }
  wait(now());
  return () => stop();
}
