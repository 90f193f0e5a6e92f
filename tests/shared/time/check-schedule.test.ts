import { expect, test } from 'vitest';
import { checkSchedule, isTimezone } from '../../../shared/time/check-schedule.ts';

test.each([
  'cron(0 3 * * ? *)',
  'cron(0/15 8-18 ? * MON-FRI *)',
  'cron(*/5 * * * ? *)',
  'cron(0 10,22 L * ? 2026-2030)',
  'cron(0 0 LW JAN,JUL ? *)',
  'cron(0 0 15W * ? *)',
  'cron(0 0 L-2,L * ? *)',
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
  ['cron(0 3 * * * *)', 'exactly one of the two day fields of cron(…) must be `?`'],
  ['cron(0 3 ? * ? *)', 'exactly one of the two day fields of cron(…) must be `?`'],
  ['cron(60 3 * * ? *)', 'the cron field for the minute does not take `60`'],
  ['cron(0 24 * * ? *)', 'the cron field for the hour does not take `24`'],
  ['cron(0 0 1 1 ? 2030-2026)', 'the cron field for the year does not take `2030-2026`'],
  ['cron(0 9 ? * 3#1,6#3 *)', '`3#1,6#3` lists more than one day of the week with `#`'],
  ['cron(0 0 32 * ? *)', 'the cron field for the day of the month does not take `32`'],
  ['cron(0 0 L-31 * ? *)', 'the cron field for the day of the month does not take `L-31`'],
  ['cron(0 0 ? * L-1 *)', 'the cron field for the day of the week does not take `L-1`'],
  ['cron(0 0 * FOO ? *)', 'the cron field for the month does not take `FOO`'],
  ['cron(0 0 ? * 0 *)', 'the cron field for the day of the week does not take `0`'],
  ['cron(0 0 ? * ABCL *)', 'the cron field for the day of the week does not take `ABCL`'],
  ['cron(0 0 ? * MON#6 *)', 'the cron field for the day of the week does not take `MON#6`'],
  ['cron(0 0 * * ? 1969)', 'the cron field for the year does not take `1969`'],
  ['cron(? 0 * * ? *)', 'the cron field for the minute does not take `?`'],
  ['cron(0/0 0 * * ? *)', 'the cron field for the minute does not take `0/0`'],
  ['rate(0 days)', 'rate(0 days) is not a valid rate'],
  ['rate(1 week)', 'rate(1 week) is not a valid rate'],
  ['at(2026-02-29T00:00:00)', 'there is no day 2026-02-29'],
  ['at(2026-11-22T24:00:00)', 'at(2026-11-22T24:00:00) is not a valid time'],
  ['at(2026-11-22T03:00:00Z)', 'at(2026-11-22T03:00:00Z) is not a valid time'],
])('%s is not a schedule', (text, message) => {
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
