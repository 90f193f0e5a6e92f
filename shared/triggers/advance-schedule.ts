import * as z from 'zod/mini';
import type { Catchup } from '../pipeline/pipeline.ts';
import { openPartition } from '../runs/ledger-keys.ts';
import type { IndexEntry, Moment, Step } from '../runs/step.ts';
import { nextTimes, type Schedule, timesOf } from './next-times.ts';

/** What is known of a schedule. Times are epoch milliseconds. */
export const scheduleRecord = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  /** Schedule and zone: with another one, nothing of the time before was missed. */
  expression: z.string(),
  /** When it was first seen. */
  since: z.number(),
  /** The latest time that was seen to: its run was asked for, or it was passed over. */
  last: z.exactOptional(z.number()),
  /** Times whose runs are to be asked for. */
  owed: z.array(z.number()),
});
export type ScheduleRecord = z.output<typeof scheduleRecord>;

export type ScheduleSignal =
  /** The scheduler says that the time has come: it may say so twice, late, and out of order. */
  | { readonly is: 'due'; readonly time: number; readonly of: Scheduled }
  /** Were there times of which the scheduler said nothing? */
  | { readonly is: 'look'; readonly of: Scheduled }
  /** What was missed until now stays so. */
  | { readonly is: 'pass-over'; readonly of: Scheduled }
  | { readonly is: 'started'; readonly time: number }
  | { readonly is: 'tick' };

/** A schedule as its pipeline has it now. */
export type Scheduled = Schedule & { readonly pipeline: string; readonly trigger: string; readonly catchup: Catchup };

export type ScheduleEffect = {
  readonly do: 'start';
  readonly pipeline: string;
  readonly trigger: string;
  readonly time: number;
};

export type ScheduleStep = Step<ScheduleRecord, ScheduleEffect>;

/** Longer than the scheduler takes to come: until then nothing is missed. */
const graceMilliseconds = 5 * 60_000;

/** Of more missed times the rest is found when it is looked again. */
const missedAtOnce = 50;

/** What becomes of a schedule. Which runs it owes is recorded before they are asked for. */
export function advanceSchedule(
  record: ScheduleRecord | undefined,
  signal: ScheduleSignal,
  { now }: Moment,
): ScheduleStep {
  switch (signal.is) {
    case 'due': {
      const known = knownAs(record, signal.of, now);
      // the one that is told of is the latest of those until then
      const missed = signal.of.catchup === 'all' ? missedUntil(known, signal.of, signal.time - 1) : [];
      const last = Math.max(known.last ?? signal.time, signal.time);
      return owe({ ...known, last }, [...missed, signal.time]);
    }
    case 'look': {
      const known = knownAs(record, signal.of, now);
      const until = now - graceMilliseconds;
      if (signal.of.catchup !== 'all') {
        const last = latestUntil(known, signal.of, until);
        if (last === undefined) return { record: known, effects: [] };
        return owe({ ...known, last }, signal.of.catchup === 'latest' ? [last] : []);
      }
      const missed = missedUntil(known, signal.of, until);
      const last = missed.at(-1);
      return last === undefined ? { record: known, effects: [] } : owe({ ...known, last }, missed);
    }
    case 'pass-over': {
      const known = knownAs(record, signal.of, now);
      const last = latestUntil(known, signal.of, now);
      return { record: last === undefined ? known : { ...known, last }, effects: [] };
    }
    case 'started':
      if (!record?.owed.includes(signal.time)) return { record, effects: [] };
      return { record: { ...record, owed: record.owed.filter((time) => time !== signal.time) }, effects: [] };
    case 'tick':
      return { record, effects: record === undefined ? [] : effectsOf(record) };
  }
}

function knownAs(record: ScheduleRecord | undefined, of: Scheduled, now: number): ScheduleRecord {
  const { pipeline, trigger } = of;
  const expression = `${of.expression} ${of.timezone}`;
  if (record === undefined) return { pipeline, trigger, expression, since: now, owed: [] };
  return record.expression === expression ? record : { ...record, expression, last: Math.max(record.last ?? 0, now) };
}

function missedUntil(record: ScheduleRecord, of: Scheduled, until: number): number[] {
  const from = seenTo(record);
  return nextTimes(timesOf(of, from), from, missedAtOnce).filter((time) => time <= until);
}

function latestUntil(record: ScheduleRecord, of: Scheduled, until: number): number | undefined {
  const from = seenTo(record);
  const time = timesOf(of, from).before(until + 1);
  return time !== undefined && time > from ? time : undefined;
}

/** A rate, which the scheduler counts from a moment of its own, is counted on from what it has told. */
function seenTo({ last, since }: ScheduleRecord): number {
  return last ?? since;
}

function owe(record: ScheduleRecord, times: readonly number[]): ScheduleStep {
  const owed = [...new Set([...record.owed, ...times])].sort((a, b) => a - b);
  const next = { ...record, owed };
  return { record: next, effects: effectsOf(next) };
}

function effectsOf({ pipeline, trigger, owed }: ScheduleRecord): ScheduleEffect[] {
  return owed.map((time) => ({ do: 'start', pipeline, trigger, time }));
}

export function scheduleIndex({ pipeline, trigger, owed }: ScheduleRecord): IndexEntry[] {
  if (owed.length === 0) return [];
  const key = { partition: openPartition, sort: `schedule#${pipeline}#${trigger}` };
  return [{ key, value: { kind: 'schedule', pipeline, name: trigger } }];
}
