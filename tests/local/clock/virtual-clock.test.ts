import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';

const start = 1_000;

test('actions run at their times, or in the order in which they were set, unless cancelled', async () => {
  const due = fc.record({ delay: fc.nat(20), cancelled: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(due), async (list) => {
      const clock = createVirtualClock(start);
      const seen: [number, number][] = [];
      const cancels = list.map(({ delay }, index) => clock.at(start + delay, () => seen.push([clock.now(), index])));
      for (const [index, { cancelled }] of list.entries()) if (cancelled) cancels[index]?.();
      await clock.run(() => false);
      const expected = list
        .map(({ delay, cancelled }, index) => ({ delay, cancelled, index }))
        .filter(({ cancelled }) => !cancelled)
        .sort((one, other) => one.delay - other.delay || one.index - other.index)
        .map(({ delay, index }) => [start + delay, index]);
      expect(seen).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('time stops while work is in progress', async () => {
  const clock = createVirtualClock(start);
  const seen: string[] = [];
  const work = async () => {
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    seen.push(`worked at ${clock.now()}`);
  };
  clock.at(start + 5, () => seen.push('later'));
  clock.track(work());
  await clock.run(() => false);
  expect(seen).toEqual(['worked at 1000', 'later']);
});

test('an action at a past time runs as soon as possible, and never in the past', async () => {
  const clock = createVirtualClock(start);
  const seen: number[] = [];
  clock.at(start + 5, () => {
    clock.at(start, () => seen.push(clock.now()));
  });
  await clock.run(() => false);
  expect(seen).toEqual([start + 5]);
});

test('it stops as soon as the condition holds', async () => {
  const clock = createVirtualClock(start);
  clock.at(start + 1, () => undefined);
  clock.at(start + 2, () => undefined);
  await clock.run(() => clock.now() > start);
  expect(clock.now()).toBe(start + 1);
});
