import * as z from 'zod/mini';
import type { IndexEntry, Moment, Step } from '../../ledger/decision.ts';
import { openShards } from '../../ledger/ledger-keys.ts';
import type { Catchup } from '../../model/trigger.ts';
import { nextTimes, rateOf, type Schedule, type Times, timesOf } from '../../time/next-times.ts';

/** What is known of a schedule. Times are epoch milliseconds. */
export const scheduleRecord = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  /** Schedule and zone: with another one, nothing of the time before was missed. */
  expression: z.string(),
  /**
   * Nothing was missed until then: when it was first seen as it is. What a rate counts from: at home the whole second in
   * which it was deployed; what AWS counts from the scheduler alone knows, so it is moved to fit what that tells.
   */
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
  /** It is deployed, or paused: what a rate counts from is kept. Paused, the scheduler tells of a `time` all the same. */
  | { readonly is: 'seen'; readonly time?: number; readonly of: Scheduled }
  /** Were there times of which the scheduler said nothing? */
  | { readonly is: 'look'; readonly of: Scheduled }
  /** It was paused, or the scheduler down, until now: whatever was due was missed, the latest too. */
  | { readonly is: 'resumed'; readonly of: Scheduled }
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
      const known = toldOf(record, signal.of, signal.time, now);
      // the one that is told of is the latest of those until then
      const missed = signal.of.catchup === 'all' ? missedUntil(known, signal.of, signal.time - 1) : [];
      const last = Math.max(known.last ?? signal.time, signal.time);
      return owe({ ...known, last }, [...missed, signal.time]);
    }
    case 'seen': {
      const { of, time } = signal;
      const known = time === undefined ? knownAs(record, of, now) : toldOf(record, of, time, now);
      return { record: of.catchup === 'latest' ? allButLatest(known, of, now) : known, effects: [] };
    }
    case 'look':
      return catchUpTo(knownAs(record, signal.of, now), signal.of, now - graceMilliseconds);
    case 'resumed':
      return catchUpTo(knownAs(record, signal.of, now), signal.of, now);
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

/** What a rate that is deployed at home counts from. Without a record: from now on. */
export function countsFrom(record: ScheduleRecord | undefined, of: Scheduled, now: number): number {
  return knownAs(record, of, now).since;
}

function knownAs(record: ScheduleRecord | undefined, of: Scheduled, now: number): ScheduleRecord {
  const { pipeline, trigger } = of;
  const expression = `${of.expression} ${of.timezone}`;
  if (record?.expression === expression) return record;
  // the scheduler tells whole seconds
  return { pipeline, trigger, expression, since: now - (now % 1_000), owed: record?.owed ?? [] };
}

/**
 * The same, counted so that a rate is due at `time`, of which the scheduler has told. What was seen to is moved to the
 * nearest of the times that it then has: otherwise a second's difference would be a time that was missed.
 */
function toldOf(record: ScheduleRecord | undefined, of: Scheduled, time: number, now: number): ScheduleRecord {
  // it was there before its first time
  const known = knownAs(record, of, record === undefined ? Math.min(now, time - 1) : now);
  const step = rateOf(of.expression);
  if (step === undefined || (time - known.since) % step === 0) return known;
  const since = time + Math.floor((known.since - time) / step) * step;
  if (known.last === undefined) return { ...known, since };
  return { ...known, since, last: time + Math.round((known.last - time) / step) * step };
}

function catchUpTo(known: ScheduleRecord, of: Scheduled, until: number): ScheduleStep {
  const missed = of.catchup === 'all' ? missedUntil(known, of, until) : [];
  const last = of.catchup === 'all' ? missed.at(-1) : latestUntil(known, of, until);
  if (last === undefined) return { record: known, effects: [] };
  return owe({ ...known, last }, of.catchup === 'latest' ? [last] : missed);
}

/** As if those before the latest that was missed had been passed over: what looks next then finds one only. */
function allButLatest(known: ScheduleRecord, of: Scheduled, now: number): ScheduleRecord {
  const latest = latestUntil(known, of, now);
  const last = latest === undefined ? undefined : latestUntil(known, of, latest - 1);
  return last === undefined ? known : { ...known, last };
}

function missedUntil(record: ScheduleRecord, of: Scheduled, until: number): number[] {
  return nextTimes(timesIn(record, of), seenTo(record), missedAtOnce).filter((time) => time <= until);
}

function latestUntil(record: ScheduleRecord, of: Scheduled, until: number): number | undefined {
  const time = timesIn(record, of).before(until + 1);
  return time !== undefined && time > seenTo(record) ? time : undefined;
}

function timesIn({ since }: ScheduleRecord, of: Scheduled): Times {
  return timesOf(of, since);
}

function seenTo({ last, since }: ScheduleRecord): number {
  return Math.max(last ?? since, since);
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
  const key = openShards.key(pipeline, `schedule#${pipeline}#${trigger}`);
  return [{ key, value: { kind: 'schedule', pipeline, name: trigger } }];
}
