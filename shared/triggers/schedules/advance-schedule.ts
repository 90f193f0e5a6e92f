import * as z from 'zod/mini';
import type { IndexEntry, Moment, Step } from '../../ledger/decision.ts';
import { openShards } from '../../ledger/ledger-keys.ts';
import type { Catchup } from '../../model/trigger.ts';
import { nextTimes, rateOf, type Schedule, type Times, timesOf } from '../../time/next-times.ts';

/** The state of a schedule. Times are epoch milliseconds. */
export const scheduleRecord = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  /** Schedule and time zone. If they change, no earlier time counts as missed. */
  expression: z.string(),
  /**
   * When this expression was first seen: no earlier time was missed. A rate counts from here. Locally this is the whole
   * second of the deployment. On AWS only the scheduler knows it, so its calls move this time.
   */
  since: z.number(),
  /** The latest handled time: its run was requested or skipped. */
  last: z.exactOptional(z.number()),
  /** Times whose runs are still to be requested. */
  owed: z.array(z.number()),
});
export type ScheduleRecord = z.output<typeof scheduleRecord>;

export type ScheduleSignal =
  /** The scheduler reports a due time, perhaps twice, late or out of order. */
  | { readonly is: 'due'; readonly time: number; readonly of: Scheduled }
  /** It was deployed or is paused. Keeps what a rate counts from. The scheduler reports a `time` even while paused. */
  | { readonly is: 'seen'; readonly time?: number; readonly of: Scheduled }
  /** Checks for times that the scheduler did not report. */
  | { readonly is: 'look'; readonly of: Scheduled }
  /** It was paused, or the scheduler was down, until now: all due times were missed, including the latest. */
  | { readonly is: 'resumed'; readonly of: Scheduled }
  /** Skips all times missed until now. */
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

/** Longer than the scheduler's delay: before that, no time counts as missed. */
const graceMilliseconds = 5 * 60_000;

/** The next look finds the missed times beyond these. */
const missedAtOnce = 50;

/** The next state of a schedule. The runs that it owes are recorded before they are requested. */
export function advanceSchedule(
  record: ScheduleRecord | undefined,
  signal: ScheduleSignal,
  { now }: Moment,
): ScheduleStep {
  switch (signal.is) {
    case 'due': {
      const known = toldOf(record, signal.of, signal.time, now);
      // the reported time is the latest one so far
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

/** The time from which a locally deployed rate counts. Without a record: now. */
export function countsFrom(record: ScheduleRecord | undefined, of: Scheduled, now: number): number {
  return knownAs(record, of, now).since;
}

function knownAs(record: ScheduleRecord | undefined, of: Scheduled, now: number): ScheduleRecord {
  const { pipeline, trigger } = of;
  const expression = `${of.expression} ${of.timezone}`;
  if (record?.expression === expression) return record;
  // the scheduler reports whole seconds
  return { pipeline, trigger, expression, since: now - (now % 1_000), owed: record?.owed ?? [] };
}

/**
 * Shifts a rate so that it is due at `time`, as the scheduler reported. The last handled time moves to the nearest due
 * time: otherwise a difference of one second would look like a missed time.
 */
function toldOf(record: ScheduleRecord | undefined, of: Scheduled, time: number, now: number): ScheduleRecord {
  // the schedule existed before its first time
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

/** Skips all missed times but the latest, so that the next look finds only one. */
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
