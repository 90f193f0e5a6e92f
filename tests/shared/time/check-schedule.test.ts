import { expect, test } from 'vitest';
import { checkSchedule, isDate, isTimezone } from '../../../shared/time/check-schedule.ts';

test.each([
  'cron(0 3 * * ? *)',
  'cron(0/15 8-18 ? * MON-FRI *)',
  'cron(*/5 * * * ? *)',
  'cron(0 10,22 L * ? 2026-2030)',
  'cron(0 0 LW JAN,JUL ? *)',
  'cron(0 0 15W * ? *)',
  'cron(0 0 ? * 6#3 *)',
  'cron(0 0 ? * friL *)',
  'cron(0 0 ? * FRI-MON *)',
  'cron(0/30 20-2 ? * MON-FRI *)',
  'cron(50-10 0 28-3 * ? *)',
  'rate(1 day)',
  'rate(15 minutes)',
  'at(2028-02-29T23:59:59)',
])('%s is a schedule', (text) => {
  expect(checkSchedule(text)).toBeUndefined();
});

test.each([
  ['0 3 * * *', '`0 3 * * *` is not a valid schedule'],
  ['daily', '`daily` is not a valid schedule'],
  ['cron(0 3 * * *)', 'cron(…) has six fields, and here are 5'],
  ['cron()', 'cron(…) has six fields, and here are 0'],
  ['cron(0 3 * * * *)', 'of the two day fields of cron(…) exactly one must be `?`'],
  ['cron(0 3 ? * ? *)', 'of the two day fields of cron(…) exactly one must be `?`'],
  ['cron(60 3 * * ? *)', '`60` cannot stand in the cron field for the minute'],
  ['cron(0 24 * * ? *)', '`24` cannot stand in the cron field for the hour'],
  ['cron(0 0 1 1 ? 2030-2026)', '`2030-2026` cannot stand in the cron field for the year'],
  ['cron(0 9 ? * 3#1,6#3 *)', '`3#1,6#3` lists more than one day of the week with `#`'],
  ['cron(0 0 32 * ? *)', '`32` cannot stand in the cron field for the day of the month'],
  ['cron(0 0 * FOO ? *)', '`FOO` cannot stand in the cron field for the month'],
  ['cron(0 0 ? * 0 *)', '`0` cannot stand in the cron field for the day of the week'],
  ['cron(0 0 ? * MON#6 *)', '`MON#6` cannot stand in the cron field for the day of the week'],
  ['cron(0 0 * * ? 1969)', '`1969` cannot stand in the cron field for the year'],
  ['cron(? 0 * * ? *)', '`?` cannot stand in the cron field for the minute'],
  ['cron(0/0 0 * * ? *)', '`0/0` cannot stand in the cron field for the minute'],
  ['rate(0 days)', 'rate(0 days) is no rate'],
  ['rate(1 week)', 'rate(1 week) is no rate'],
  ['at(2026-02-29T00:00:00)', 'at(2026-02-29T00:00:00) is no point in time'],
  ['at(2026-11-22T24:00:00)', 'at(2026-11-22T24:00:00) is no point in time'],
  ['at(2026-11-22T03:00:00Z)', 'at(2026-11-22T03:00:00Z) is no point in time'],
])('%s is none', (text, message) => {
  expect(checkSchedule(text)?.message).toBe(message);
});

test.each([
  ['Europe/Berlin', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Asia/Kolkata', true],
  ['Asia/Calcutta', true],
  ['UTC', true],
  ['Etc/GMT+5', true],
  ['europe/berlin', false],
  ['Europe/Berln', false],
  ['+01:00', false],
  ['', false],
])('%s is a time zone: %s', (text, expected) => {
  expect(isTimezone(text)).toBe(expected);
});

test.each([
  ['2026-11-22', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['2026-11-22T00:00:00Z', false],
])('%s is a date: %s', (text, expected) => {
  expect(isDate(text)).toBe(expected);
});
