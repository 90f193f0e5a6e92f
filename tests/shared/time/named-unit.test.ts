import { expect, test } from 'vitest';
import { namedUnit } from '../../../shared/time/named-unit.ts';

test.each([
  ['2026-11-21', 'UTC', '2026-11-21T00:00:00Z 2026-11-22T00:00:00Z'],
  ['20261121', 'UTC', '2026-11-21T00:00:00Z 2026-11-22T00:00:00Z'],
  ['2026-11', 'UTC', '2026-11-01T00:00:00Z 2026-12-01T00:00:00Z'],
  ['202612', 'UTC', '2026-12-01T00:00:00Z 2027-01-01T00:00:00Z'],
  ['2026-11-21T04', 'UTC', '2026-11-21T04:00:00Z 2026-11-21T05:00:00Z'],
  ['2026112123', 'UTC', '2026-11-21T23:00:00Z 2026-11-22T00:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-29T00:00:00+01:00 2026-03-30T00:00:00+02:00'],
])('%s in %s is %s', (text, timezone, interval) => {
  const { start, end } = namedUnit(text, timezone) ?? {};
  expect(`${start} ${end}`).toBe(interval);
});

test.each(['', '2026', '2026-13', '2026-02-30', '2026-11-21T24', '2026-1121', 'yesterday', '2026-11-21/2026-11-22'])(
  '%s does not name an hour, day or month',
  (text) => expect(namedUnit(text, 'UTC')).toBeUndefined(),
);
