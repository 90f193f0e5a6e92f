import * as z from 'zod/mini';
import { present } from '../json.ts';
import { scheduleKey, slotsKey } from '../ledger/ledger-keys.ts';
import { readRecord } from '../ledger/read-record.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { ScheduleTrigger } from '../model/trigger.ts';
import { triggersOf } from '../model/trigger.ts';
import { isPaused, slotsRecord } from '../runs/slots/slots.ts';
import type { System } from '../services/system.ts';
import { intervalAt, intervalKey, intervalLabel } from '../time/interval.ts';
import { formatInstant } from '../time/zone.ts';
import {
  advanceSchedule,
  type Scheduled,
  type ScheduleEffect,
  type ScheduleRecord,
  type ScheduleSignal,
  scheduleIndex,
  scheduleRecord,
} from '../triggers/schedules/advance-schedule.ts';
import { type Actor, advance } from './kit/advance.ts';
import { openEntry } from './kit/open-entry.ts';
import { startOrBury } from './start-or-dead-letter.ts';

/** Takes a signal to a schedule. */
export async function signalSchedule(
  system: System,
  pipeline: string,
  trigger: string,
  signal: ScheduleSignal,
): Promise<ScheduleRecord | undefined> {
  return (await advance(system, scheduleActor, scheduleKey(pipeline, trigger), [signal])).record;
}

const schedule = z.object({ pipeline: z.string(), name: z.string() });

export const openSchedules = openEntry('schedule', schedule, async (system, { pipeline, name }) => {
  await signalSchedule(system, pipeline, name, { is: 'tick' });
});

const scheduleActor: Actor<ScheduleRecord, ScheduleSignal, ScheduleEffect> = {
  schema: scheduleRecord,
  decide: advanceSchedule,
  index: scheduleIndex,
  async perform(system, { pipeline, trigger: name, time }, news) {
    const trigger = scheduleOf(system, pipeline, name);
    // the trigger is no longer deployed
    if (trigger === undefined) return [{ is: 'started', time }];
    const interval = trigger.interval === undefined ? undefined : intervalAt(trigger, trigger.interval, time);
    const scheduledTime = formatInstant(trigger.timezone, time);
    const what = interval === undefined ? new Date(time).toISOString() : intervalKey(interval);
    const request = {
      pipeline,
      cause: `${name}\n${what}`,
      label: `${name}-${interval === undefined ? scheduledTime.slice(0, 16).replace(':', '-') : intervalLabel(interval)}`,
      trigger: { kind: 'schedule', name, scheduledTime },
      ...present({ interval }),
    };
    const answer = await startOrBury(system, request, news);
    if (answer.is === 'refused') return [{ is: 'started', time }];
    system.log({ message: answer.again ? 'interval known' : 'scheduled', run: answer.run.id, pipeline, scheduledTime });
    return [{ is: 'started', time }];
  },
};

export function scheduleOf(
  { catalog }: Pick<System, 'catalog'>,
  pipeline: string,
  name: string,
): ScheduleTrigger | undefined {
  const triggers = catalog.byName(pipeline)?.pipeline.triggers ?? {};
  const trigger = Object.hasOwn(triggers, name) ? triggers[name] : undefined;
  return trigger?.kind === 'schedule' ? trigger : undefined;
}

export function schedulesOf(pipeline: Pipeline): readonly Scheduled[] {
  return triggersOf(pipeline, 'schedule').map(([trigger, each]) => toScheduled(pipeline.name, trigger, each));
}

/**
 * Without an interval nothing is missed, because the next run does what the missed one would have done. With a unit
 * as interval, a time that a clock change skips is missed only if its interval would otherwise have no run.
 */
export function toScheduled(pipeline: string, trigger: string, each: ScheduleTrigger): Scheduled {
  const { expression, timezone, interval, catchup = interval === undefined ? 'none' : 'latest' } = each;
  const scheduled = { pipeline, trigger, expression, timezone, catchup };
  const leftOut = catchup === 'none' || interval === undefined || interval === 'schedule';
  return leftOut ? scheduled : { ...scheduled, skipped: 'when-clocks-change' };
}

/** Whether the trigger is paused. */
export async function triggerIsPaused(system: System, pipeline: string, trigger: string): Promise<boolean> {
  return isPaused(await readRecord(system.ledger, slotsKey(pipeline), slotsRecord), trigger);
}
