import { describe, expect, test } from 'vitest';
import type { IntervalUnit, Trigger } from '../../../shared/model/trigger.ts';
import { parseInterval } from '../../../shared/time/parse-interval.ts';

const schedule = (interval: IntervalUnit, timezone = 'UTC'): Trigger => {
  return { kind: 'schedule', expression: 'rate(1 day)', timezone, interval };
};
const parse = (text: string, ...triggers: Trigger[]): string => {
  const parsed = parseInterval(text, { name: 'p', triggers: Object.fromEntries(triggers.entries()) });
  return parsed.problem ?? `${parsed.interval.start} ${parsed.interval.end}`;
};

describe('an interval on the command line', () => {
  test.each<[string, Trigger[], string]>([
    ['2026-11-21T00:00:00Z/2026-11-22T00:00:00+01:00', [], '2026-11-21T00:00:00Z 2026-11-22T00:00:00+01:00'],
    ['2026-11-21T00:00:00Z..2026-11-22T00:00:00Z', [], '2026-11-21T00:00:00Z 2026-11-22T00:00:00Z'],
    ['2026-11-21/2026-11-22', [], '2026-11-21T00:00:00Z 2026-11-22T00:00:00Z'],
    [
      '2026-03-29/2026-03-30',
      [schedule('day', 'Europe/Berlin')],
      '2026-03-29T00:00:00+01:00 2026-03-30T00:00:00+02:00',
    ],
    ['2026-03-29', [schedule('day', 'Europe/Berlin')], '2026-03-29T00:00:00+01:00 2026-03-30T00:00:00+02:00'],
    ['2026-10-25', [schedule('day', 'Europe/Berlin')], '2026-10-25T00:00:00+02:00 2026-10-26T00:00:00+01:00'],
    ['2026-11-21T04-00', [schedule('hour')], '2026-11-21T04:00:00Z 2026-11-21T05:00:00Z'],
    ['2026-11-22', [schedule('week')], '2026-11-16T00:00:00Z 2026-11-23T00:00:00Z'],
    ['2026-02', [schedule('month')], '2026-02-01T00:00:00Z 2026-03-01T00:00:00Z'],
    ['2026-12-31', [schedule('month')], '2026-12-01T00:00:00Z 2027-01-01T00:00:00Z'],
    [
      '2026-11-21',
      [{ kind: 'api', interval: { of: '{day}', timezone: 'Europe/Berlin' } }],
      '2026-11-21T00:00:00+01:00 2026-11-22T00:00:00+01:00',
    ],
    ['2026-11-21', [schedule('day'), schedule('day')], '2026-11-21T00:00:00Z 2026-11-22T00:00:00Z'],
  ])('%s is understood', (text, triggers, interval) => {
    expect(parse(text, ...triggers)).toBe(interval);
  });

  test.each<[string, Trigger[], RegExp]>([
    ['yesterday', [], /is no interval: write START\/END/],
    ['2026-02-30', [schedule('day')], /is no interval/],
    ['2026-11-21/2026-11-22/2026-11-23', [], /is no interval/],
    ['2026-11-22/2026-11-22', [], /ends before it starts/],
    ['2026-11', [schedule('day')], /2026-11 is a month, and runs of p are each for one day: name the day/],
    ['2026-11-21', [schedule('hour')], /2026-11-21 is a day, and runs of p are each for one hour/],
    ['2026-11', [schedule('week')], /is a month/],
    ['2026-11-21', [], /no schedule of p is for one hour, day, week or month: write START\/END/],
    ['2026-11-21', [schedule('schedule')], /no schedule of p/],
    ['2026-11-21', [schedule('day'), schedule('hour')], /the schedules of p differ/],
  ])('%s is refused', (text, triggers, why) => {
    expect(parse(text, ...triggers)).toMatch(why);
  });
});
