import { expect, test } from 'vitest';
import { intervalStrip } from '../../../web/page/interval-strip.ts';

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;
const published = (...days: readonly number[]) =>
  days.map((number) => ({ interval: `${day(number)}/${day(number + 1)}`, run: `r${number}` }));

test('a day between two publications without one of its own is missing', () => {
  expect(intervalStrip(published(1, 2, 5))).toEqual([
    { start: day(5), run: 'r5' },
    { start: day(4) },
    { start: day(3) },
    { start: day(2), run: 'r2' },
    { start: day(1), run: 'r1' },
  ]);
});

test('a day of 25 hours leaves no gap', () => {
  const [before, after] = ['2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00'].map((text) =>
    new Date(text).toISOString(),
  );
  const next = new Date('2026-10-27T00:00:00+01:00').toISOString();
  const strip = intervalStrip([
    { interval: `${before}/${after}`, run: 'a' },
    { interval: `${after}/${next}`, run: 'b' },
  ]);
  expect(strip.map(({ run }) => run)).toEqual(['b', 'a']);
});

test('publications without an interval are not in the strip', () => {
  expect(intervalStrip([{ interval: '-', run: 'a' }])).toEqual([]);
});
