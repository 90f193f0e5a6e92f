import { expect, test } from 'vitest';
import { comparePauses } from '../../bench/schedule-pauses.ts';
import { compareSchedules } from '../../bench/schedules.ts';

test('schedules are due when an implementation that looks at every minute says so', () => {
  const { differences, instants } = compareSchedules(3, 20261122);
  expect(differences).toEqual([]);
  expect(instants).toBeGreaterThan(1_000);
});

test('schedules that are paused and resumed have the runs that a model gives them, which knows all times at once', () => {
  expect(comparePauses(300, 20261122)).toEqual([]);
});
