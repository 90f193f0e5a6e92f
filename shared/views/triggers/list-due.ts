import { toScheduled } from '../../actors/schedule-actor.ts';
import { present } from '../../json.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { scheduleKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { isPaused } from '../../runs/slots/slots.ts';
import { intervalAt } from '../../time/interval.ts';
import { nextTimes, timesOf } from '../../time/next-times.ts';
import { formatInstant } from '../../time/zone.ts';
import { countsFrom, scheduleRecord } from '../../triggers/schedules/advance-schedule.ts';
import { readSlots } from '../queues/read-slots.ts';
import { isoTime } from '../shapes.ts';
import type { DueView, ScheduleList } from './trigger-lists.ts';

/**
 * Due times, the soonest first.
 *
 * @param ledger undefined: nothing has run yet
 * @param count of each schedule
 */
export async function listDue(
  ledger: Ledger | undefined,
  pipelines: readonly Pipeline[],
  now: number,
  count: number,
): Promise<ScheduleList> {
  const found = await Promise.all(pipelines.map((pipeline) => dueOf(ledger, pipeline, now, count)));
  return { due: found.flat().sort((one, other) => one.at.localeCompare(other.at)) };
}

async function dueOf(ledger: Ledger | undefined, pipeline: Pipeline, now: number, count: number): Promise<DueView[]> {
  const { name, triggers } = pipeline;
  const slots = ledger === undefined ? undefined : await readSlots(ledger, name);
  const due: DueView[] = [];
  for (const [trigger, each] of Object.entries(triggers)) {
    if (each.kind !== 'schedule') continue;
    const record = ledger && (await readRecord(ledger, scheduleKey(name, trigger), scheduleRecord));
    const of = toScheduled(name, trigger, each);
    for (const time of nextTimes(timesOf(of, countsFrom(record, of, now)), now, count)) {
      const interval = each.interval === undefined ? undefined : intervalAt(each, each.interval, time);
      due.push({
        at: isoTime(time),
        local: formatInstant(each.timezone, time),
        pipeline: name,
        trigger,
        ...present({ interval }),
        paused: isPaused(slots, trigger),
      });
    }
  }
  return due;
}
