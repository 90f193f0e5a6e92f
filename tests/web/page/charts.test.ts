import { expect, test } from 'vitest';
import { criticalPath } from '../../../web/page/critical-path.ts';
import { foldTime, placeOf, ticksOf } from '../../../web/page/fold-time.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 5, minute)).toISOString();

test('the critical path leads back from the last end through the upstream tasks that ended last', () => {
  const tasks = [
    { name: 'a', after: [], endedAt: at(10) },
    { name: 'b', after: [], endedAt: at(20) },
    { name: 'c', after: ['a', 'b'], endedAt: at(30) },
    { name: 'd', after: ['a'], endedAt: at(25) },
  ];
  expect([...criticalPath(tasks)]).toEqual(['c', 'b']);
});

test('the critical path passes through tasks that never ran to the one that failed', () => {
  const tasks = [
    { name: 'extract', after: [], endedAt: at(5) },
    { name: 'join', after: ['extract'], endedAt: at(20) },
    { name: 'report', after: ['join'] },
    { name: 'tidy', after: ['extract', 'report'], endedAt: at(21) },
  ];
  expect([...criticalPath(tasks)]).toEqual(['tidy', 'join', 'extract']);
});

test('an idle gap is folded, and the axis labels are outside the gap', () => {
  const axis = foldTime([
    { from: 0, to: 100 },
    { from: 10_000, to: 10_100 },
  ]);
  expect(axis.map(({ folded }) => folded)).toEqual([false, true, false]);
  expect(placeOf(100, axis)).toBeCloseTo(0.485);
  expect(ticksOf(axis).map(({ time }) => time)).toEqual([0, 52, 10_048, 10_100]);
});
