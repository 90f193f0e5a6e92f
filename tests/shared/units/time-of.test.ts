import { expect, test } from 'vitest';
import { timeOf } from '../../../shared/units/time-of.ts';

test.each([
  ['2026-11-22', 1_795_305_600_000],
  ['2026-11-22T06:00:00Z', 1_795_327_200_000],
  ['2026-11-22T06:00:00+02:00', 1_795_320_000_000],
])('%s is a time', (text, time) => {
  expect(timeOf(text)).toBe(time);
});

test.each([
  '',
  '2026',
  '2026-02-30',
  '2026-02-30T00:00:00Z',
  '2026-11-22 06:00',
  '2026-11-22T',
  '2026-11-22T25:00:00Z',
])('%j is not a time', (text) => {
  expect(timeOf(text)).toBeUndefined();
});
