import { expect, test } from 'vitest';
import { dateItems } from '../../../../shared/runs/map/date-items.ts';

const labels = (from: unknown, to: unknown, by: 'hour' | 'day' | 'week' | 'month', most = 10_000) =>
  dateItems(from, to, by, most)?.map(({ date }) => date);

test.each([
  ['2026-02-27', '2026-03-01', 'day', ['2026-02-27', '2026-02-28', '2026-03-01']],
  ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'day', ['2026-01-01']],
  ['2026-01-01T22:30:00Z', '2026-01-02T00:00:00Z', 'hour', ['2026-01-01T22:00', '2026-01-01T23:00']],
  ['2026-01-15', '2026-03-01', 'month', ['2026-01-01', '2026-02-01', '2026-03-01']],
  ['2026-01-01', '2026-01-05', 'week', ['2025-12-29', '2026-01-05']],
  ['2026-01-02', '2026-01-01', 'day', []],
] as const)('%s to %s by %s', (from, to, by, dates) => {
  // The label of the hour at midnight has no time.
  expect(labels(from, to, by)).toEqual(dates);
});

test('an item covers its whole interval, even if the range ends within it', () => {
  expect(dateItems('2026-02-01', '2026-02-01', 'month', 1)).toEqual([
    { date: '2026-02-01', start: '2026-02-01T00:00:00Z', end: '2026-03-01T00:00:00Z' },
  ]);
});

test.each([[5], ['tomorrow'], ['2026-13-01'], ['2026-02-30'], [null]])('%s is not a date', (from) => {
  expect(dateItems(from, '2026-01-01', 'day', 10)).toBeUndefined();
});

test('no more items are made than the limit', () => {
  expect(labels('0001-01-01', '9999-12-31', 'hour', 3)).toHaveLength(3);
});
