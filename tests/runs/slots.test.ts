import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceSlots, placeOf, type SlotsRecord, whyQueued } from '../../shared/runs/slots.ts';

const waiting = (run: string, priority = 0) => ({ run, priority });
const one = { max: 1, overlap: 'queue' } as const;

/** What is left of a few runs that ask for places, each with the trigger that its name begins with. */
function admitAll(record: SlotsRecord | undefined, runs: readonly (readonly [run: string, priority: number])[]) {
  return runs.reduce(
    (slots, [run, priority]) =>
      advanceSlots(slots, { is: 'admit', run, trigger: run.slice(0, 1), priority, known: false, rules: one }).record,
    record,
  );
}

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
            ? advanceSlots(record, { is: 'admit', run: id, priority: 0, known: false, rules }).record
            : advanceSlots(record, { is: 'release', run: id, rules }).record;
        const { live = [], queued = [] } = record ?? {};
        expect(live.length).toBeLessThanOrEqual(max);
        expect(new Set([...live, ...queued.map(({ run }) => run)]).size).toBe(live.length + queued.length);
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
    for (const run of ['a', 'b'])
      record = advanceSlots(record, { is: 'admit', run, priority: 0, known: false, rules }).record;
    for (const run of ['a', 'b'])
      expect(advanceSlots(record, { is: 'admit', run, priority: 0, known: true, rules }).record).toBe(record);
  });
});

test('a run that was in the queue and is not any more has been replaced', () => {
  const rules = { max: 1, overlap: 'cancel_running' } as const;
  const record = { live: ['a'], queued: [waiting('c')] };
  const step = advanceSlots(record, { is: 'admit', run: 'b', priority: 0, known: true, rules });
  expect(placeOf(step.record, 'b')).toBe('dropped');
});

test('places that were made by a higher limit are given to those who wait, by whoever looks', () => {
  const record = { live: ['a'], queued: [waiting('b'), waiting('c')] };
  const rules = { max: 3, overlap: 'queue' } as const;
  const step = advanceSlots(record, { is: 'admit', run: 'c', priority: 0, known: true, rules });
  expect(step).toEqual({ record: { live: ['a', 'b', 'c'], queued: [] }, effects: [{ do: 'look', run: 'b' }] });
});

test('the urgent run is the next, and of the same urgency the one that came first', () => {
  let slots = admitAll(undefined, [
    ['a1', 0],
    ['a2', 0],
    ['b1', 5],
    ['a3', 0],
    ['b2', 5],
  ]);
  const order = [];
  for (let live = slots?.live[0]; live !== undefined; live = slots?.live[0]) {
    order.push(live);
    slots = advanceSlots(slots, { is: 'release', run: live, rules: one }).record;
  }
  expect(order).toEqual(['a1', 'b1', 'b2', 'a2', 'a3']);
});

describe('what comes while a trigger is paused', () => {
  const paused = advanceSlots(undefined, { is: 'pause', trigger: 'a' }).record;
  const slots = admitAll(paused, [
    ['a1', 0],
    ['b1', 0],
    ['a2', 0],
    ['b2', 0],
  ]);

  test('waits, and lets the others pass', () => {
    expect(slots?.live).toEqual(['b1']);
    expect(whyQueued(slots, 'a1')).toBe('the trigger a is paused');
    expect(whyQueued(slots, 'b2')).toBe('b1 is live');
    expect(advanceSlots(slots, { is: 'release', run: 'b1', rules: one }).record?.live).toEqual(['b2']);
  });

  test('has its turn when the trigger is resumed', () => {
    const step = advanceSlots(slots, { is: 'resume', trigger: 'a', drop: false, rules: { max: 2 } });
    expect(step.effects).toEqual([{ do: 'look', run: 'a1' }]);
    expect(step.record).toEqual({
      live: ['b1', 'a1'],
      queued: [
        { run: 'a2', trigger: 'a', priority: 0 },
        { run: 'b2', trigger: 'b', priority: 0 },
      ],
    });
    expect(whyQueued(step.record, 'b2')).toBe('2 runs are live, and 1 is before it');
  });

  test('or is dropped, and nothing else is', () => {
    const step = advanceSlots(slots, { is: 'resume', trigger: 'a', drop: true, rules: one });
    expect(step.effects.map(({ run }) => run)).toEqual(['a1', 'a2']);
    expect(step.record).toEqual({ live: ['b1'], queued: [{ run: 'b2', trigger: 'b', priority: 0 }] });
  });
});

test('a pipeline that is paused as a whole starts nothing, and goes on with all of its triggers', () => {
  let slots = advanceSlots(undefined, { is: 'pause', trigger: 'a' }).record;
  slots = advanceSlots(slots, { is: 'pause' }).record;
  slots = admitAll(slots, [
    ['a1', 0],
    ['b1', 0],
  ]);
  expect(slots?.live).toEqual([]);
  expect(whyQueued(slots, 'b1')).toBe('the pipeline is paused');
  const resumed = advanceSlots(slots, { is: 'resume', drop: false, rules: { max: 5 } }).record;
  expect(resumed).toEqual({ live: ['a1', 'b1'], queued: [] });
});
