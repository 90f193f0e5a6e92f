import { expect, test } from 'vitest';
import type { IntervalUnit } from '../../../shared/model/trigger.ts';
import { intervalAt, intervalKey, intervalLabel } from '../../../shared/time/interval.ts';
import { nextTimes, timesOf } from '../../../shared/time/next-times.ts';

const berlin = 'Europe/Berlin';

const table: readonly [
  title: string,
  unit: IntervalUnit,
  zone: string,
  expression: string,
  due: string,
  interval: string,
][] = [
  [
    'the day before, of 23 hours',
    'day',
    berlin,
    'cron(0 3 * * ? *)',
    '2026-03-30T01:00:00Z',
    '2026-03-29T00:00:00+01:00/2026-03-30T00:00:00+02:00',
  ],
  [
    'the day before, of 25 hours',
    'day',
    berlin,
    'cron(0 3 * * ? *)',
    '2026-10-26T02:00:00Z',
    '2026-10-25T00:00:00+02:00/2026-10-26T00:00:00+01:00',
  ],
  [
    'at midnight, the day that just ended',
    'day',
    'UTC',
    'cron(0 0 * * ? *)',
    '2028-03-01T00:00:00Z',
    '2028-02-29T00:00:00Z/2028-03-01T00:00:00Z',
  ],
  [
    'a day whose midnight does not exist',
    'day',
    'Africa/Cairo',
    'cron(0 6 * * ? *)',
    '2026-04-25T03:00:00Z',
    '2026-04-24T01:00:00+03:00/2026-04-25T00:00:00+03:00',
  ],
  [
    'the hour before',
    'hour',
    berlin,
    'cron(5 * * * ? *)',
    '2026-11-22T10:05:00Z',
    '2026-11-22T10:00:00+01:00/2026-11-22T11:00:00+01:00',
  ],
  [
    'a repeated hour, in a zone with a quarter of an hour',
    'hour',
    'Asia/Kathmandu',
    'cron(5 * * * ? *)',
    '2026-11-22T10:20:00Z',
    '2026-11-22T15:00:00+05:45/2026-11-22T16:00:00+05:45',
  ],
  [
    'weeks begin on Mondays',
    'week',
    berlin,
    'cron(0 6 ? * MON *)',
    '2026-11-23T05:00:00Z',
    '2026-11-16T00:00:00+01:00/2026-11-23T00:00:00+01:00',
  ],
  [
    'a week across a clock change',
    'week',
    berlin,
    'cron(0 6 ? * WED *)',
    '2026-04-01T04:00:00Z',
    '2026-03-23T00:00:00+01:00/2026-03-30T00:00:00+02:00',
  ],
  [
    'the month before, across the new year',
    'month',
    berlin,
    'cron(0 3 1 * ? *)',
    '2027-01-01T02:00:00Z',
    '2026-12-01T00:00:00+01:00/2027-01-01T00:00:00+01:00',
  ],
  [
    'from one scheduled time to the next',
    'schedule',
    berlin,
    'cron(0 3 ? * MON-FRI *)',
    '2026-11-23T02:00:00Z',
    '2026-11-20T03:00:00+01:00/2026-11-23T03:00:00+01:00',
  ],
  [
    'across a skipped local time',
    'schedule',
    berlin,
    'cron(30 2 * * ? *)',
    '2026-03-30T00:30:00Z',
    '2026-03-28T02:30:00+01:00/2026-03-30T02:30:00+02:00',
  ],
  [
    'the length of a rate',
    'schedule',
    'UTC',
    'rate(90 minutes)',
    '2026-11-22T10:00:00Z',
    '2026-11-22T08:30:00Z/2026-11-22T10:00:00Z',
  ],
];

test.each(table)('%s', (_, unit, timezone, expression, due, expected) => {
  const interval = intervalAt({ expression, timezone }, unit, Date.parse(due));
  expect(interval && `${interval.start}/${interval.end}`).toBe(expected);
});

test('a schedule that fires once has no previous time', () => {
  const once = { expression: 'at(2026-11-22T10:00:00)', timezone: 'UTC' };
  expect(intervalAt(once, 'schedule', Date.parse('2026-11-22T10:00:00Z'))).toBeUndefined();
});

test.each(['day', 'schedule'] as const)('for two years each %s ends where the next begins', (unit) => {
  const schedule = { expression: 'cron(0 3 * * ? *)', timezone: 'America/New_York' };
  const times = nextTimes(timesOf(schedule, 0), Date.UTC(2026, 0, 1), 730);
  const intervals = times.map((time) => intervalAt(schedule, unit, time));
  for (const [at, interval] of intervals.entries()) {
    if (at > 0) expect(interval?.start).toBe(intervals[at - 1]?.end);
  }
});

test('an interval has the same key in every zone, and a readable name', () => {
  const here = { start: '2026-03-29T00:00:00+01:00', end: '2026-03-30T00:00:00+02:00' };
  const there = { start: '2026-03-28T23:00:00Z', end: '2026-03-29T22:00:00Z' };
  expect(intervalKey(here)).toBe(intervalKey(there));
  expect(intervalLabel(here)).toBe('2026-03-29');
  expect(intervalLabel({ ...here, start: '2026-03-29T04:30:00+02:00' })).toBe('2026-03-29T04-30');
});
