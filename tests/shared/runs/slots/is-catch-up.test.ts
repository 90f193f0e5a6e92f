import { expect, test } from 'vitest';
import { isCatchUp } from '../../../../shared/runs/slots/is-catch-up.ts';

const day = { start: '2026-01-01T00:00:00.000Z', end: '2026-01-02T00:00:00.000Z' };

test.each([
  ['as its interval ends', '2026-01-02T00:00:00.000Z', false],
  ['before the next interval ends', '2026-01-02T23:59:59.999Z', false],
  ['when the next interval has ended', '2026-01-03T00:00:00.000Z', true],
  ['before its interval ends', '2026-01-01T12:00:00.000Z', false],
])('a run that is requested %s', (_, at, expected) => {
  expect(isCatchUp({ interval: day, createdAt: Date.parse(at) })).toBe(expected);
});

test('a run without an interval is live', () => {
  expect(isCatchUp({ createdAt: Date.parse('2030-01-01T00:00:00Z') })).toBe(false);
});
