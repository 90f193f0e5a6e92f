import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catchup } from '../../../../shared/model/trigger.ts';
import {
  advanceSchedule,
  type ScheduleRecord,
  type ScheduleSignal,
} from '../../../../shared/triggers/schedules/advance-schedule.ts';

const hour = 3_600_000;
const began = Date.UTC(2026, 10, 22);

const hourly = (catchup: Catchup, expression = 'cron(0 * * * ? *)') => ({
  pipeline: 'orders',
  trigger: 'hourly',
  expression,
  timezone: 'UTC',
  catchup,
});

/** Which hours were started by a list of signals, each at its hour. */
function play(...signals: readonly (readonly [at: number, signal: ScheduleSignal])[]) {
  let record: ScheduleRecord | undefined;
  const started: number[] = [];
  for (const [at, signal] of signals) {
    const step = advanceSchedule(record, signal, { now: began + at * hour, random: 0 });
    record = step.record;
    for (const { time } of step.effects) {
      started.push((time - began) / hour);
      record = advanceSchedule(record, { is: 'started', time }, { now: began, random: 0 }).record;
    }
  }
  return { record, started };
}

const due = (time: number, catchup: Catchup): ScheduleSignal => ({
  is: 'due',
  time: began + time * hour,
  of: hourly(catchup),
});
const look = (catchup: Catchup): ScheduleSignal => ({ is: 'look', of: hourly(catchup) });

describe.each([
  ['none', [1], [1, 6]],
  ['latest', [1, 5], [1, 6]],
  ['all', [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]],
] as const)('of hours that were missed with catchup %s', (catchup, looked, told) => {
  test('those are run that the reconciler finds', () => {
    const first: readonly [number, ScheduleSignal] = [0, look(catchup)];
    expect(play(first, [1, due(1, catchup)], [5.5, look(catchup)], [5.6, look(catchup)]).started).toEqual(looked);
  });

  test('those are run that the next one finds', () => {
    const first: readonly [number, ScheduleSignal] = [0, look(catchup)];
    expect(play(first, [1, due(1, catchup)], [6, due(6, catchup)], [7, look('none')]).started).toEqual(told);
  });
});

test('nothing was missed before the schedule was first seen, nor before it was changed', () => {
  const changed: ScheduleSignal = { is: 'look', of: hourly('all', 'cron(30 * * * ? *)') };
  expect(play([0, look('all')], [3.2, changed], [3.6, changed]).started).toEqual([3.5]);
});

test('what has just become due is not missed yet', () => {
  expect(play([0, look('all')], [1.05, look('all')]).started).toEqual([]);
});

test('what is passed over stays so', () => {
  expect(play([0, look('all')], [5.5, { is: 'pass-over', of: hourly('all') }], [6.5, look('all')]).started).toEqual([
    6,
  ]);
});

test('a rate is counted on from what the scheduler has told of it', () => {
  const of = hourly('all', 'rate(1 hour)');
  const signals = [
    [0, { is: 'look', of }],
    [0.9, { is: 'due', time: began + 0.9 * hour, of }],
  ] as const;
  expect(play(...signals, [2, { is: 'look', of }]).started).toEqual([0.9, 1.9]);
});

const rate = hourly('all', 'rate(1 hour)');
const rateSeen: ScheduleSignal = { is: 'seen', of: rate };
const rateDue = (time: number): ScheduleSignal => ({ is: 'due', time: began + time * hour, of: rate });
const rateTold = (time: number): ScheduleSignal => ({ is: 'seen', time: began + time * hour, of: rate });

test('a rate counts from the whole second in which it was deployed, and from another when it is changed', () => {
  const at = (second: number) => ({ now: began + second * 1_000, random: 0 });
  const { record } = advanceSchedule(undefined, rateSeen, at(6.4));
  expect(record?.since).toBe(began + 6_000);
  expect(advanceSchedule(record, rateSeen, at(99)).record).toBe(record);
  const changed: ScheduleSignal = { is: 'seen', of: hourly('all', 'rate(2 hours)') };
  expect(advanceSchedule(record, changed, at(99.9)).record?.since).toBe(began + 99_000);
});

test('a rate that was paused before it was ever due is counted as the scheduler does, who tells of it all the same', () => {
  const told = [[1.25, rateTold(1.25)] as const, [2.25, rateTold(2.25)] as const];
  const resumed = [2.5, { is: 'resumed', of: rate }] as const;
  expect(play(...told, resumed).started).toEqual([1.25, 2.25]);
  expect(play([0.5, rateSeen], ...told, resumed).started).toEqual([1.25, 2.25]);
});

test('a rate that the scheduler tells of a second sooner or later was not missed in between', () => {
  const second = 1 / 3_600;
  const times = [1, 2 + second, 3, 4 - second];
  expect(play(...times.map((time) => [time, rateDue(time)] as const)).started).toEqual(times);
});

describe.each([
  ['none', []],
  ['latest', [5]],
  ['all', [2, 3, 4, 5]],
] as const)('of hours that were missed while it was paused, with catchup %s', (catchup, expected) => {
  const before = [0, { is: 'seen', of: hourly(catchup) }] as const;
  const resumed = [5.03, { is: 'resumed', of: hourly(catchup) }] as const;
  const later = [6.5, look('none')] as const;

  test('those are run at once that are to be, the one of just now too', () => {
    expect(play(before, [1, due(1, 'none')], resumed, [5.2, look(catchup)], later).started).toEqual([1, ...expected]);
  });

  test('the latest is the only one when the reconciler comes between the resuming and what follows it', () => {
    const first = [5.02, { is: 'seen', of: hourly(catchup) }] as const;
    const between = [5.02, look(catchup)] as const;
    expect(play(before, [1, due(1, 'none')], first, between, resumed, later).started).toEqual([1, ...expected]);
  });
});

test('more hours than one look takes are found by the next', () => {
  const { started } = play([0, look('all')], [120.5, look('all')], [120.5, look('all')], [120.5, look('all')]);
  expect(started).toEqual(Array.from({ length: 120 }, (_, at) => at + 1));
});

test('an hour that is owed stays so until its run was asked for', () => {
  const step = advanceSchedule(undefined, due(1, 'none'), { now: began + hour, random: 0 });
  expect(advanceSchedule(step.record, { is: 'tick' }, { now: began, random: 0 }).effects).toEqual(step.effects);
});

test('whatever is lost, doubled or late, with catchup all every hour is run, and first of all once', () => {
  const fate = fc.record({ at: fc.integer({ min: 1, max: 40 }), late: fc.constantFrom(0, 0, 1, 2.5) });
  fc.assert(
    fc.property(fc.array(fate, { maxLength: 60 }), (fates) => {
      const told = fates
        .map(({ at, late }) => [at + late, due(at, 'all')] as const)
        .toSorted(([one], [other]) => one - other);
      const { started } = play([0, look('all')], ...told, [41.5, look('all')]);
      expect([...new Set(started)].sort((a, b) => a - b)).toEqual(Array.from({ length: 41 }, (_, at) => at + 1));
    }),
  );
});
