import { expect, test } from 'vitest';
import { compareSchedules } from '../../bench/schedules.ts';

test('schedules are due when an implementation that looks at every minute says so', () => {
  const { differences, instants } = compareSchedules(3, 20261122);
  expect(differences).toEqual([]);
  expect(instants).toBeGreaterThan(1_000);
});
