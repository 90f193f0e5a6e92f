import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admitTo, freePlaces } from '../../../../shared/runs/slots/places.ts';

const waiting = (...places: number[]) => places.map((each, index) => ({ run: 'r', task: `t${index}`, places: each }));

const numbersOf = (admitted: readonly { readonly numbers: readonly number[] }[]) =>
  admitted.map(({ numbers }) => numbers);

test('the first tasks in the queue get the free places', () => {
  expect(numbersOf(admitTo(waiting(1, 1, 1), [1], 3))).toEqual([[0], [2]]);
});

test('a task that needs more places than are free blocks the tasks behind it', () => {
  expect(numbersOf(admitTo(waiting(1, 2, 1), [0], 3))).toEqual([[1]]);
});

test('a task that asks for more places than the pool has takes all of them', () => {
  expect(numbersOf(admitTo(waiting(5), [], 2))).toEqual([[0, 1]]);
  expect(numbersOf(admitTo(waiting(5), [1], 2))).toEqual([]);
});

test('a missing pool has no limit', () => {
  expect(numbersOf(admitTo(waiting(1, 3), [], undefined))).toEqual([[], []]);
});

test('after a pool has become smaller, places above its size count until they are free', () => {
  expect(freePlaces([3], 2)).toEqual([0]);
  expect(freePlaces([1, 3], 2)).toEqual([]);
  expect(freePlaces([2, 3], 3)).toEqual([0]);
  expect(freePlaces([7, 8, 9], 2)).toEqual([]);
});

/**
 * Functions read the free places at one time, and take a place later. The ledger refuses a place that is held. A
 * function with an outdated view may still try any place that it saw free.
 */
test('no more places are held than the pool has, however outdated the functions’ views are', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('look' as const), by: fc.nat(3) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), by: fc.nat(3), index: fc.nat(9) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('free' as const), index: fc.nat(9) }) },
  );
  const before = fc.uniqueArray(fc.nat(9), { maxLength: 6 });
  fc.assert(
    fc.property(before, fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (old, capacity, steps) => {
      const held = new Set(old);
      const seen = new Map<number, readonly number[]>();
      for (const each of steps) {
        if (each.do === 'look') seen.set(each.by, freePlaces([...held], capacity));
        if (each.do === 'free') held.delete([...held][each.index] ?? -1);
        if (each.do !== 'take') continue;
        const free = seen.get(each.by) ?? [];
        const wanted = free[each.index % Math.max(1, free.length)];
        if (wanted === undefined || held.has(wanted)) continue;
        held.add(wanted);
        expect(held.size).toBeLessThanOrEqual(capacity);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('tasks get as many places as they ask for, in the order of the queue, and no place twice', () => {
  const pool = fc.record({
    capacity: fc.integer({ min: 1, max: 12 }),
    taken: fc.uniqueArray(fc.nat(14)),
    wanted: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 10 }),
  });
  fc.assert(
    fc.property(pool, ({ capacity, taken, wanted }) => {
      const queue = waiting(...wanted);
      const admitted = admitTo(queue, taken, capacity);
      expect(admitted.map(({ task }) => task)).toEqual(queue.slice(0, admitted.length).map(({ task }) => task));
      const given = admitted.flatMap(({ numbers }) => numbers);
      expect(new Set([...given, ...taken]).size).toBe(given.length + taken.length);
      expect(given.length === 0 || given.length + taken.length <= capacity).toBe(true);
      // The next task in the queue does not fit into the rest.
      const next = queue[admitted.length];
      const left = freePlaces(taken, capacity).length - given.length;
      if (next !== undefined) expect(Math.min(next.places, capacity)).toBeGreaterThan(left);
    }),
  );
});
