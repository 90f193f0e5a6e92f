import type { Catchup } from '../shared/model/trigger.ts';
import {
  advanceSchedule,
  type Scheduled,
  type ScheduleRecord,
  type ScheduleSignal,
} from '../shared/triggers/schedules/advance-schedule.ts';
import { createRandom, type Random } from '../testing/random.ts';

const minute = 60_000;
const began = Date.UTC(2027, 2, 27, 11, 20, 6);

type Pause = { readonly from: number; readonly until: number };

/** Minutes of a schedule: when it is due, when it is paused, and when the reconciler looks. */
type History = {
  readonly catchup: Catchup;
  readonly rate: number;
  readonly times: readonly number[];
  readonly pauses: readonly Pause[];
  readonly looks: readonly number[];
};

export type Mismatch = History & { readonly expected: readonly number[]; readonly started: readonly number[] };

/**
 * Compares paused and resumed schedules with a model that knows the whole history. Every time outside the pauses runs;
 * of the times within a pause none, the latest or all run.
 */
export function comparePauses(count: number, seed: number): Mismatch[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => randomHistory(random)).flatMap((history): Mismatch[] => {
    const [expected, started] = [model(history), play(history)];
    return expected.join() === started.join() ? [] : [{ ...history, expected, started }];
  });
}

function randomHistory(random: Random): History {
  const rate = random.pick([1, 5, 60]);
  const end = rate * 40;
  // On AWS the scheduler counts from a moment of its own, before the schedule was first seen.
  const phase = random.pick([0, -random.integer(0, rate * 60 - 1) / 60]);
  const times = Array.from({ length: 40 }, (_, at) => phase + (at + 1) * rate).filter((time) => time <= end);
  const pauses: Pause[] = [];
  for (let at = 0; ; ) {
    // Never at the exact moment of a due time.
    const from = at + random.integer(0, 12 * rate) + 0.001;
    const until = from + random.integer(1, 12 * rate) + 0.0001;
    if (until > end) break;
    pauses.push({ from, until });
    at = until;
  }
  const looks = Array.from({ length: random.integer(0, 60) }, () => random.integer(0, end) + 0.0002);
  return { catchup: random.pick(['none', 'latest', 'all'] as const), rate, times, pauses, looks };
}

function model({ catchup, times, pauses }: History): number[] {
  const outside = times.filter((time) => !pauses.some(({ from, until }) => from < time && time < until));
  const inside = pauses.map(({ from, until }) => times.filter((time) => from < time && time < until));
  const caught = { none: [], latest: inside.flatMap((missed) => missed.slice(-1)), all: inside.flat() }[catchup];
  return [...outside, ...caught].sort((one, other) => one - other);
}

function play({ catchup, rate, times, pauses, looks }: History): number[] {
  const of: Scheduled = {
    pipeline: 'p',
    trigger: 't',
    expression: `rate(${rate} ${rate === 1 ? 'minute' : 'minutes'})`,
    timezone: 'UTC',
    catchup,
  };
  const instant = (at: number): number => began + Math.round(at * 60) * 1_000;
  const isPaused = (at: number): boolean => pauses.some(({ from, until }) => from <= at && at < until);
  const signals = [
    [0, { is: 'seen', of }] as const,
    ...times.map((at) => [at, { is: isPaused(at) ? 'seen' : 'due', time: instant(at), of }] as const),
    ...looks.map((at) => [at, { is: isPaused(at) ? 'seen' : 'look', of }] as const),
    ...pauses.flatMap(({ until }) => [[until, { is: 'seen', of }] as const, [until, { is: 'resumed', of }] as const]),
  ] satisfies (readonly [number, ScheduleSignal])[];
  const started = new Set<number>();
  let record: ScheduleRecord | undefined;
  for (const [at, signal] of signals.toSorted(([one], [other]) => one - other)) {
    const step = advanceSchedule(record, signal, { now: began + at * minute, random: 0 });
    record = step.record;
    for (const { time } of step.effects) {
      started.add(time);
      record = advanceSchedule(record, { is: 'started', time }, { now: time, random: 0 }).record;
    }
  }
  const byInstant = new Map(times.map((at) => [instant(at), at]));
  return [...started].sort((one, other) => one - other).map((time) => byInstant.get(time) ?? (time - began) / minute);
}
