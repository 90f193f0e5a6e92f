import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, readDuration } from '../../../shared/units/duration.ts';

test.each([
  ['90s', 90],
  ['2m', 120],
  ['1h30m', 5400],
  ['7d', 604_800],
  ['1d2h3m4s', 93_784],
  ['0s', 0],
  ['', undefined],
  ['90', undefined],
  ['1.5h', undefined],
  ['30m1h', undefined],
  ['1h 30m', undefined],
  ['-1s', undefined],
  ['1w', undefined],
])('%s is %s seconds', (text, seconds) => {
  expect(readDuration(text)).toBe(seconds);
});

test('a printed duration reads as the same duration', () => {
  fc.assert(fc.property(fc.nat(), (seconds) => readDuration(formatDuration(seconds)) === seconds));
});
