import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTimes, timesOf } from '../../../shared/time/next-times.ts';
import { formatInstant } from '../../../shared/time/zone.ts';

function next(expression: string, timezone: string, from: string, count = 3): string[] {
  const times = timesOf({ expression, timezone }, Date.parse(from));
  return nextTimes(times, Date.parse(from), count).map((time) => formatInstant(timezone, time));
}

const table: readonly [title: string, expression: string, timezone: string, from: string, ...times: string[]][] = [
  [
    'a skipped local time does not run',
    'cron(30 2 * * ? *)',
    'Europe/Berlin',
    '2026-03-28T12:00:00Z',
    '2026-03-30T02:30:00+02:00',
    '2026-03-31T02:30:00+02:00',
  ],
  [
    'a repeated local time runs once, the first time',
    'cron(30 2 * * ? *)',
    'Europe/Berlin',
    '2026-10-24T12:00:00Z',
    '2026-10-25T02:30:00+02:00',
    '2026-10-26T02:30:00+01:00',
  ],
  [
    'a nightly run keeps to the clocks in spring',
    'cron(0 3 * * ? *)',
    'Europe/Berlin',
    '2026-03-27T12:00:00Z',
    '2026-03-28T03:00:00+01:00',
    '2026-03-29T03:00:00+02:00',
    '2026-03-30T03:00:00+02:00',
  ],
  [
    'in America the clocks change on another day',
    'cron(30 2 * * ? *)',
    'America/New_York',
    '2026-03-07T12:00:00Z',
    '2026-03-09T02:30:00-04:00',
  ],
  [
    'where the clocks change by half an hour',
    'cron(15 2 * * ? *)',
    'Australia/Lord_Howe',
    '2026-10-02T20:00:00Z',
    '2026-10-05T02:15:00+11:00',
  ],
  [
    'in a zone with a quarter of an hour',
    'cron(0 0 1 1 ? *)',
    'Asia/Kathmandu',
    '2026-06-01T00:00:00Z',
    '2027-01-01T00:00:00+05:45',
  ],
  [
    'a midnight that does not exist',
    'cron(0 0 * * ? *)',
    'Africa/Cairo',
    '2026-04-23T12:00:00Z',
    '2026-04-25T00:00:00+03:00',
  ],
  ['leap days', 'cron(0 0 29 2 ? *)', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z'],
  ['1900 and 2100 are no leap years', 'cron(0 0 29 2 ? *)', 'UTC', '2096-03-01T00:00:00Z', '2104-02-29T00:00:00Z'],
  [
    'the last day of the month',
    'cron(0 6 L * ? *)',
    'UTC',
    '2028-01-31T06:00:00Z',
    '2028-02-29T06:00:00Z',
    '2028-03-31T06:00:00Z',
    '2028-04-30T06:00:00Z',
  ],
  [
    'the 31st is not in every month',
    'cron(0 0 31 * ? *)',
    'UTC',
    '2026-03-31T00:00:00Z',
    '2026-05-31T00:00:00Z',
    '2026-07-31T00:00:00Z',
  ],
  [
    'the last weekday',
    'cron(0 0 LW * ? *)',
    'UTC',
    '2026-01-01T00:00:00Z',
    '2026-01-30T00:00:00Z',
    '2026-02-27T00:00:00Z',
    '2026-03-31T00:00:00Z',
  ],
  [
    'two days before the last of the month',
    'cron(0 0 L-2 * ? *)',
    'UTC',
    '2026-01-01T00:00:00Z',
    '2026-01-29T00:00:00Z',
    '2026-02-26T00:00:00Z',
    '2026-03-29T00:00:00Z',
  ],
  [
    'thirty days before the last day, in months of 31',
    'cron(0 0 L-30 * ? *)',
    'UTC',
    '2026-01-02T00:00:00Z',
    '2026-03-01T00:00:00Z',
    '2026-05-01T00:00:00Z',
  ],
  [
    'the weekday nearest to the 1st stays in its month',
    'cron(0 0 1W * ? *)',
    'UTC',
    '2026-07-31T00:00:00Z',
    '2026-08-03T00:00:00Z',
  ],
  [
    'the weekday nearest to the 15th',
    'cron(0 0 15W * ? *)',
    'UTC',
    '2026-02-01T00:00:00Z',
    '2026-02-16T00:00:00Z',
    '2026-03-16T00:00:00Z',
    '2026-04-15T00:00:00Z',
  ],
  [
    'the third Friday',
    'cron(0 0 ? * 6#3 *)',
    'UTC',
    '2026-11-01T00:00:00Z',
    '2026-11-20T00:00:00Z',
    '2026-12-18T00:00:00Z',
  ],
  ['the third Friday, by name', 'cron(0 0 ? * FRI#3 *)', 'UTC', '2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z'],
  [
    'a fifth Monday if there is one',
    'cron(0 0 ? * MON#5 *)',
    'UTC',
    '2026-01-01T00:00:00Z',
    '2026-03-30T00:00:00Z',
    '2026-06-29T00:00:00Z',
  ],
  [
    'the last Thursday',
    'cron(0 0 ? * 5L *)',
    'UTC',
    '2026-11-01T00:00:00Z',
    '2026-11-26T00:00:00Z',
    '2026-12-31T00:00:00Z',
  ],
  [
    'the last day of the week is a Saturday',
    'cron(0 0 ? * L *)',
    'UTC',
    '2026-11-22T00:00:00Z',
    '2026-11-28T00:00:00Z',
  ],
  [
    'weekdays',
    'cron(0 8 ? * MON-FRI *)',
    'UTC',
    '2026-11-20T08:00:00Z',
    '2026-11-23T08:00:00Z',
    '2026-11-24T08:00:00Z',
  ],
  [
    'over the end of the week',
    'cron(0 8 ? * FRI-MON *)',
    'UTC',
    '2026-11-22T08:00:00Z',
    '2026-11-23T08:00:00Z',
    '2026-11-27T08:00:00Z',
  ],
  [
    'steps from a first',
    'cron(5/20 8 * * ? *)',
    'UTC',
    '2026-11-22T08:30:00Z',
    '2026-11-22T08:45:00Z',
    '2026-11-23T08:05:00Z',
  ],
  [
    'a list of years',
    'cron(0 0 1 JAN ? 2027,2030)',
    'UTC',
    '2026-11-22T00:00:00Z',
    '2027-01-01T00:00:00Z',
    '2030-01-01T00:00:00Z',
  ],
  ['a year that is over', 'cron(0 0 1 1 ? 2020)', 'UTC', '2026-11-22T00:00:00Z'],
  ['a day that does not exist in any month', 'cron(0 0 31 FEB ? *)', 'UTC', '2026-11-22T00:00:00Z'],
  [
    'a rate is a length of time, whatever the clocks do',
    'rate(1 day)',
    'Europe/Berlin',
    '2026-03-28T12:00:00Z',
    '2026-03-29T14:00:00+02:00',
    '2026-03-30T14:00:00+02:00',
  ],
  [
    'once, by the zone’s clocks',
    'at(2026-11-23T03:00:00)',
    'Asia/Tokyo',
    '2026-11-22T00:00:00Z',
    '2026-11-23T03:00:00+09:00',
  ],
  ['once, in the past', 'at(2026-11-21T03:00:00)', 'Asia/Tokyo', '2026-11-22T00:00:00Z'],
  ['once, at a skipped local time', 'at(2026-03-29T02:30:00)', 'Europe/Berlin', '2026-01-01T00:00:00Z'],
];

test.each(table)('%s: %s in %s', (_, expression, timezone, from, ...times) => {
  const count = Math.max(1, times.length);
  expect(next(expression, timezone, from, count)).toEqual(times);
});

test.each([
  ['cron(30 2 * * ? *)', '2026-03-28T12:00:00Z', '2026-03-29T03:00:00+02:00', '2026-03-30T02:30:00+02:00'],
  ['cron(0/15 2-3 * * ? *)', '2026-03-29T00:00:00Z', '2026-03-29T03:00:00+02:00', '2026-03-29T03:15:00+02:00'],
  ['at(2026-03-29T02:30:00)', '2026-03-28T12:00:00Z', '2026-03-29T03:00:00+02:00'],
])('a skipped local time of %s is due at the clock change if requested', (expression, from, ...expected) => {
  const times = timesOf({ expression, timezone: 'Europe/Berlin', skipped: 'when-clocks-change' }, 0);
  const found = nextTimes(times, Date.parse(from), 2);
  expect(found.map((time) => formatInstant('Europe/Berlin', time))).toEqual(expected);
  for (const time of found) expect(times.before(time + 1)).toBe(time);
});

test('a rate counts from its start, not from the time of the question', () => {
  const start = Date.parse('2026-11-22T00:10:00Z');
  const times = timesOf({ expression: 'rate(15 minutes)', timezone: 'UTC' }, start);
  const iso = (time: number | undefined) =>
    time === undefined ? undefined : new Date(time).toISOString().slice(11, 16);
  expect(nextTimes(times, start + 20 * 60_000, 2).map(iso)).toEqual(['00:40', '00:55']);
  expect(iso(times.before(start + 20 * 60_000))).toBe('00:25');
  expect(times.before(start)).toBeUndefined();
});

describe('by property', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo'];
  const expressions = ['cron(0/30 * * * ? *)', 'cron(30 1-3 ? * SUN *)', 'cron(0 0 L * ? *)', 'cron(15 2 1,15 * ? *)'];
  const instant = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) });
  const any = fc.record({ zone: fc.constantFrom(...zones), expression: fc.constantFrom(...expressions), instant });

  test('times are in order and unique, and each is the previous one of the next', () => {
    fc.assert(
      fc.property(any, ({ zone, expression, instant }) => {
        const times = timesOf({ expression, timezone: zone }, 0);
        const [first = 0, second = 0, third = 0] = nextTimes(times, instant, 3);
        expect(instant < first && first < second && second < third).toBe(true);
        expect(times.before(third)).toBe(second);
        expect(times.before(first) ?? 0).toBeLessThanOrEqual(instant);
        expect(nextTimes(times, first, 1)).toEqual([second]);
      }),
      { numRuns: 200 },
    );
  });

  test('a time is due when the clocks show it, for every half hour around each clock change', () => {
    for (const zone of zones) {
      const shown = (time: number) => formatInstant(zone, time).slice(11, 16);
      const from = Date.UTC(2026, 0, 1);
      const due = timesOf({ expression: 'cron(30 2 * * ? *)', timezone: zone }, 0);
      const plain = new Map<string, number>();
      for (let time = from + 900_000; time < from + 365 * 86_400_000; time += 900_000) {
        const date = formatInstant(zone, time).slice(0, 10);
        if (shown(time) === '02:30' && !plain.has(date)) plain.set(date, time);
      }
      expect(nextTimes(due, from, plain.size)).toEqual([...plain.values()]);
    }
  });
});
