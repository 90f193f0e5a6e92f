import { expect, test } from 'vitest';
import { comparePauses } from '../../bench/schedule-pauses.ts';
import { compareSchedules } from '../../bench/schedules.ts';

test('schedules are due when a model that checks every minute says so', () => {
  const { differences, instants } = compareSchedules(3, 20261122);
  expect(differences).toEqual([]);
  expect(instants).toBeGreaterThan(1_000);
});

test('paused and resumed schedules start the runs of a model that knows all times at once', () => {
  expect(comparePauses(300, 20261122)).toEqual([]);
});
