import { expect, test } from 'vitest';
import { timeOption } from '../../../cli/terminal/time-option.ts';

const now = Date.parse('2026-11-22T06:00:00Z');

test.each([
  ['2d', '2026-11-20T06:00:00Z'],
  ['2026-11-21', '2026-11-21T00:00:00Z'],
  ['2026-11-21T05:00:00+01:00', '2026-11-21T04:00:00Z'],
])('%s is %s', (text, time) => {
  expect(timeOption('--since', text, now)).toBe(Date.parse(time));
});

test.each(['yesterday', '2026-02-30', '2026-11-21T05:00:00', ''])('%j is no time', (text) => {
  expect(() => timeOption('--since', text, now)).toThrow('--since takes 2d, 12h, a day or a time');
});
