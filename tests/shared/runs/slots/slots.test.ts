import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advanceSlots as advance,
  placeOf,
  type SlotsRecord,
  type SlotsSignal,
  whyQueued,
} from '../../../../shared/runs/slots/slots.ts';

const advanceSlots = (record: SlotsRecord | undefined, signal: SlotsSignal) => advance(record, signal, { now: 0 });

const waiting = (run: string, priority = 0) => ({ run, priority });
const one = { max: 1, overlap: 'queue' } as const;

/** The state after a few runs ask for slots. A run's name begins with its trigger. */
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

describe.each(overlaps)('a run that is admitted twice with the overlap rule %s', (overlap) => {
  test('keeps its slot', () => {
    const rules = { max: 1, overlap };
    let record: SlotsRecord | undefined;
    for (const run of ['a', 'b'])
      record = advanceSlots(record, { is: 'admit', run, priority: 0, known: false, rules }).record;
    for (const run of ['a', 'b'])
      expect(advanceSlots(record, { is: 'admit', run, priority: 0, known: true, rules }).record).toBe(record);
  });
});

test('a run that is no longer in the queue was replaced', () => {
  const rules = { max: 1, overlap: 'cancel_running' } as const;
  const record = { live: ['a'], queued: [waiting('c')] };
  const step = advanceSlots(record, { is: 'admit', run: 'b', priority: 0, known: true, rules });
  expect(placeOf(step.record, 'b')).toBe('dropped');
});

test('a higher limit admits queued runs at the next call', () => {
  const record = { live: ['a'], queued: [waiting('b'), waiting('c')] };
  const rules = { max: 3, overlap: 'queue' } as const;
  const step = advanceSlots(record, { is: 'admit', run: 'c', priority: 0, known: true, rules });
  expect(step).toEqual({ record: { live: ['a', 'b', 'c'], queued: [] }, effects: [{ do: 'look', run: 'b' }] });
});

test('the run with the highest priority is next, and among equals the oldest', () => {
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

describe('a run that comes while its trigger is paused', () => {
  const paused = advanceSlots(undefined, { is: 'pause', trigger: 'a' }).record;
  const slots = admitAll(paused, [
    ['a1', 0],
    ['b1', 0],
    ['a2', 0],
    ['b2', 0],
  ]);

  test('waits without blocking others', () => {
    expect(slots?.live).toEqual(['b1']);
    expect(whyQueued(slots, 'a1')).toBe('the trigger a is paused');
    expect(whyQueued(slots, 'b2')).toBe('b1 is live');
    expect(advanceSlots(slots, { is: 'release', run: 'b1', rules: one }).record?.live).toEqual(['b2']);
  });

  test('starts when the trigger is resumed', () => {
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

  test('may be dropped, without dropping others', () => {
    const step = advanceSlots(slots, { is: 'resume', trigger: 'a', drop: true, rules: one });
    expect(step.effects).toEqual([
      { do: 'look', run: 'a1' },
      { do: 'look', run: 'a2' },
    ]);
    expect(step.record).toEqual({ live: ['b1'], queued: [{ run: 'b2', trigger: 'b', priority: 0 }] });
  });
});

test('a pause of a pipeline holds all its triggers until the resume', () => {
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

/** Runs of one pipeline, with the overflow list as in the ledger. */
class Places {
  record: SlotsRecord | undefined;
  readonly outside: { run: string; priority: number; asked: number }[] = [];
  /** Fewer than twice the queue's size, since more urgent runs beyond it wait in the overflow. */
  readonly limit = 30;
  now = 0;

  admit(run: string, priority: number): void {
    this.now += 1;
    this.#admit({ run, priority, asked: this.now }, false);
  }

  #admit(each: { run: string; priority: number; asked: number }, again: boolean): void {
    const { run, priority, asked } = each;
    const outside = again ? { outside: { asked } } : {};
    const effects = this.#take({ is: 'admit', run, priority, known: false, rules: one, ...outside });
    if (!effects.includes('wait-outside')) this.outside.splice(0, again ? 1 : 0);
    else if (!again) this.outside.push(each);
    this.outside.sort((a, b) => b.priority - a.priority || a.asked - b.asked);
  }

  release(run: string): void {
    if (!this.#take({ is: 'release', run, rules: one }).includes('let-in')) return;
    for (const each of this.outside.slice(0, 20)) this.#admit(each, true);
    if (this.outside.length === 0) this.#take({ is: 'emptied', kept: false });
  }

  #take(signal: SlotsSignal): string[] {
    const step = advance(this.record, signal, { now: this.now }, this.limit);
    this.record = step.record;
    return step.effects.map((effect) => effect.do);
  }
}

test('any number of queued runs start by priority and arrival, as in one long list', () => {
  const act = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -1, max: 1 }) },
    { weight: 1, arbitrary: fc.constant('end') },
  );
  fc.assert(
    fc.property(fc.array(act, { minLength: 40, maxLength: 80, size: 'max' }), (acts) => {
      const places = new Places();
      const model: { run: string; priority: number }[] = [];
      const live = () => places.record?.live[0];
      let expected: string | undefined;
      const end = () => {
        const over = live();
        if (over === undefined) return;
        expected = model.shift()?.run;
        places.release(over);
        expect(live()).toBe(expected);
      };
      for (const [at, each] of acts.entries()) {
        if (each === 'end' || typeof each === 'string') end();
        else {
          const run = `run-${at}`;
          if (live() === undefined) expected = run;
          else {
            const behind = model.findIndex((other) => other.priority < each);
            model.splice(behind < 0 ? model.length : behind, 0, { run, priority: each });
          }
          places.admit(run, each);
          expect(live()).toBe(expected);
        }
        expect(places.record?.queued.length ?? 0).toBeLessThanOrEqual(2 * places.limit);
      }
      while (live() !== undefined) end();
      expect(places.outside).toEqual([]);
      expect(places.record).toEqual({ live: [], queued: [] });
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['from the same time is replaced with the queued ones', {}, 'dropped'],
  ['that was held is not', { kept: true as const }, 'queued'],
])('if a newer run cancels live ones, a run in the overflow %s', (_, kept, place) => {
  const rules = { max: 1, overlap: 'cancel_running' } as const;
  const crowded: SlotsRecord = { live: ['a'], queued: [waiting('b')], crowded: true };
  const newer: SlotsSignal = { is: 'admit', run: 'd', priority: 0, known: false, rules };
  const step = advance(crowded, newer, { now: 10 });
  expect(step.effects).toEqual([
    { do: 'look', run: 'b' },
    { do: 'cancel', run: 'a', by: 'd' },
  ]);
  const older: SlotsSignal = { ...newer, run: 'c', outside: { asked: 5, ...kept } };
  expect(placeOf(advance(step.record, older, { now: 11 }).record, 'c')).toBe(place);
});
