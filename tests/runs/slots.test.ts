import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceSlots, placeOf, type SlotsRecord } from '../../shared/runs/slots.ts';

const overlaps = ['queue', 'skip', 'cancel_running'] as const;

test('there are never more live runs than the rules allow, and no run is lost from the queue', () => {
  const run = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const act = fc.tuple(fc.constantFrom('admit', 'release'), run);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(act, { maxLength: 30 }), (max, acts) => {
      let record: SlotsRecord | undefined;
      for (const [is, id] of acts) {
        const rules = { max, overlap: 'queue' as const };
        record =
          is === 'admit'
            ? advanceSlots(record, { is: 'admit', run: id, known: false, rules }).record
            : advanceSlots(record, { is: 'release', run: id, rules }).record;
        const { live = [], queued = [] } = record ?? {};
        expect(live.length).toBeLessThanOrEqual(max);
        expect(new Set([...live, ...queued]).size).toBe(live.length + queued.length);
        if (queued.length > 0) expect(live).toHaveLength(max);
        if (is === 'admit') expect(placeOf(record, id)).not.toBe('dropped');
      }
    }),
  );
});

describe.each(overlaps)('a run that is admitted twice, with the overlap rule %s,', (overlap) => {
  test('has the place that it had', () => {
    const rules = { max: 1, overlap };
    let record: SlotsRecord | undefined;
    for (const run of ['a', 'b']) record = advanceSlots(record, { is: 'admit', run, known: false, rules }).record;
    for (const run of ['a', 'b'])
      expect(advanceSlots(record, { is: 'admit', run, known: true, rules }).record).toBe(record);
  });
});

test('a run that was in the queue and is not any more has been replaced', () => {
  const rules = { max: 1, overlap: 'cancel_running' } as const;
  const record = { live: ['a'], queued: ['c'] };
  const step = advanceSlots(record, { is: 'admit', run: 'b', known: true, rules });
  expect(placeOf(step.record, 'b')).toBe('dropped');
});

test('places that were made by a higher limit are given to those who wait, by whoever looks', () => {
  const record = { live: ['a'], queued: ['b', 'c'] };
  const step = advanceSlots(record, { is: 'admit', run: 'c', known: true, rules: { max: 3, overlap: 'queue' } });
  expect(step).toEqual({ record: { live: ['a', 'b', 'c'], queued: [] }, effects: [{ do: 'look', run: 'b' }] });
});
