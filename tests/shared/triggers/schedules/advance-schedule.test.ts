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

/** The hours that a list of signals starts, each signal at its hour. */
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
] as const)('hours that were missed, with catchup %s', (catchup, looked, told) => {
  test('run when the reconciler finds them', () => {
    const first: readonly [number, ScheduleSignal] = [0, look(catchup)];
    expect(play(first, [1, due(1, catchup)], [5.5, look(catchup)], [5.6, look(catchup)]).started).toEqual(looked);
  });

  test('run when the next time finds them', () => {
    const first: readonly [number, ScheduleSignal] = [0, look(catchup)];
    expect(play(first, [1, due(1, catchup)], [6, due(6, catchup)], [7, look('none')]).started).toEqual(told);
  });
});

test('nothing was missed before the schedule was first seen, nor before it was changed', () => {
  const changed: ScheduleSignal = { is: 'look', of: hourly('all', 'cron(30 * * * ? *)') };
  expect(play([0, look('all')], [3.2, changed], [3.6, changed]).started).toEqual([3.5]);
});

test('a time that has just become due is not missed yet', () => {
  expect(play([0, look('all')], [1.05, look('all')]).started).toEqual([]);
});

test('a skipped time stays skipped', () => {
  expect(play([0, look('all')], [5.5, { is: 'pass-over', of: hourly('all') }], [6.5, look('all')]).started).toEqual([
    6,
  ]);
});

test('a rate counts from the last time that the scheduler reported', () => {
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

test('a rate counts from the whole second of its deployment, and anew after a change', () => {
  const at = (second: number) => ({ now: began + second * 1_000, random: 0 });
  const { record } = advanceSchedule(undefined, rateSeen, at(6.4));
  expect(record?.since).toBe(began + 6_000);
  expect(advanceSchedule(record, rateSeen, at(99)).record).toBe(record);
  const changed: ScheduleSignal = { is: 'seen', of: hourly('all', 'rate(2 hours)') };
  expect(advanceSchedule(record, changed, at(99.9)).record?.since).toBe(began + 99_000);
});

test('a rate that was paused before it was due is counted by the scheduler’s reports', () => {
  const told = [[1.25, rateTold(1.25)] as const, [2.25, rateTold(2.25)] as const];
  const resumed = [2.5, { is: 'resumed', of: rate }] as const;
  expect(play(...told, resumed).started).toEqual([1.25, 2.25]);
  expect(play([0.5, rateSeen], ...told, resumed).started).toEqual([1.25, 2.25]);
});

test('a rate that is reported a second early or late has no missed times', () => {
  const second = 1 / 3_600;
  const times = [1, 2 + second, 3, 4 - second];
  expect(play(...times.map((time) => [time, rateDue(time)] as const)).started).toEqual(times);
});

describe.each([
  ['none', []],
  ['latest', [5]],
  ['all', [2, 3, 4, 5]],
] as const)('hours that were missed during a pause, with catchup %s', (catchup, expected) => {
  const before = [0, { is: 'seen', of: hourly(catchup) }] as const;
  const resumed = [5.03, { is: 'resumed', of: hourly(catchup) }] as const;
  const later = [6.5, look('none')] as const;

  test('run at once as catchup says, including the current one', () => {
    expect(play(before, [1, due(1, 'none')], resumed, [5.2, look(catchup)], later).started).toEqual([1, ...expected]);
  });

  test('run only for the latest if the reconciler comes right after the resume', () => {
    const first = [5.02, { is: 'seen', of: hourly(catchup) }] as const;
    const between = [5.02, look(catchup)] as const;
    expect(play(before, [1, due(1, 'none')], first, between, resumed, later).started).toEqual([1, ...expected]);
  });
});

test('the next look finds the hours beyond one look’s limit', () => {
  const { started } = play([0, look('all')], [120.5, look('all')], [120.5, look('all')], [120.5, look('all')]);
  expect(started).toEqual(Array.from({ length: 120 }, (_, at) => at + 1));
});

test('an owed hour stays owed until its run was requested', () => {
  const step = advanceSchedule(undefined, due(1, 'none'), { now: began + hour, random: 0 });
  expect(advanceSchedule(step.record, { is: 'tick' }, { now: began, random: 0 }).effects).toEqual(step.effects);
});

test('with catchup all every hour runs once, whatever is lost, doubled or late', () => {
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
