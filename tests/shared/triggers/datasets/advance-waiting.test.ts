import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatasetsTrigger } from '../../../../shared/model/trigger.ts';
import { advanceWaiting, type WaitingSignal } from '../../../../shared/triggers/datasets/advance-waiting.ts';
import { type WaitingRecord, waitingIndex } from '../../../../shared/triggers/datasets/waiting-record.ts';

const interval = { start: '2026-11-21T00:00:00Z', end: '2026-11-22T00:00:00Z' };
const hour = 3_600_000;
const midnight = Date.parse(interval.end);

type Act = { readonly dataset: string; readonly by: string; readonly at?: number } | { readonly tickAt: number };

/** The rounds in order, each with its datasets. Hours count from the interval's end. */
function play(of: DatasetsTrigger, acts: readonly Act[], withInterval = true) {
  const what = { pipeline: 'report', trigger: 'upstream', key: 'k', ...(withInterval ? { interval } : {}) };
  let record: WaitingRecord | undefined;
  const started = new Map<number, string>();
  const alerts: string[] = [];
  for (const act of acts) {
    const now = midnight + ('tickAt' in act ? act.tickAt : (act.at ?? 0)) * hour;
    const signal: WaitingSignal =
      'tickAt' in act
        ? { is: 'tick', of }
        : {
            is: 'published',
            dataset: act.dataset,
            publication: { by: act.by, run: act.by, at: now, depth: 1 },
            of,
            for: what,
          };
    const step = advanceWaiting(record, signal, { now, random: 0 });
    record = step.record;
    for (const effect of step.effects) {
      if (effect.do === 'alert') alerts.push(effect.missing.join());
      else started.set(effect.owed.round, Object.keys(effect.owed.have).sort().join());
    }
  }
  return { started: [...started.values()], alerts, record };
}

const datasets = ['a', 'b', 'c'];
const all: DatasetsTrigger = { kind: 'datasets', datasets, rule: 'all' };
const there = (...names: string[]): Act[] => names.map((dataset) => ({ dataset, by: `${dataset}1` }));

describe('for an interval', () => {
  test('it starts once, when all datasets are there', () => {
    expect(play(all, there('a', 'b', 'b', 'c', 'a', 'c')).started).toEqual(['a,b,c']);
  });

  test('a new publication is ignored or not, as on_rerun says', () => {
    const anew = [...there('a', 'b', 'c'), { dataset: 'b', by: 'b2' }, { dataset: 'b', by: 'b2' }];
    expect(play(all, anew).started).toEqual(['a,b,c']);
    expect(play({ ...all, onRerun: 'rerun' }, anew).started).toEqual(['a,b,c', 'a,b,c']);
  });

  test('a dataset that comes after enough others changes nothing', () => {
    expect(play({ ...all, rule: 'any', onRerun: 'rerun' }, there('a', 'b', 'c')).started).toEqual(['a']);
    expect(play({ ...all, rule: { atLeast: 2 } }, there('c', 'a', 'b')).started).toEqual(['a,c']);
  });
});

describe('by seven in the morning in Berlin, which is six in UTC,', () => {
  const by = (otherwise: 'start' | 'skip' | 'alert', optional?: string[]): DatasetsTrigger => ({
    ...all,
    deadline: { by: '07:00', timezone: 'Europe/Berlin', otherwise },
    ...(optional === undefined ? {} : { optional }),
  });

  test.each([
    ['start', ['a,b'], []],
    ['skip', [], []],
    ['alert', ['a,b,c'], ['c']],
  ] as const)('an incomplete set gives %s', (otherwise, started, alerts) => {
    const acts = [
      ...there('a', 'b'),
      { tickAt: 5.9 },
      { tickAt: 6.1 },
      { tickAt: 6.2 },
      { dataset: 'c', by: 'c1', at: 8 },
    ];
    expect(play(by(otherwise), acts)).toMatchObject({ started, alerts });
  });

  test('optional datasets are awaited until then, not longer', () => {
    const of = by('alert', ['d']);
    expect(play(of, [...there('a', 'b', 'c'), { tickAt: 5 }]).started).toEqual([]);
    expect(play(of, [...there('a', 'b', 'c'), { tickAt: 7 }]).started).toEqual(['a,b,c']);
    expect(play(of, there('a', 'b', 'c', 'd')).started).toEqual(['a,b,c,d']);
    expect(play(of, [...there('a', 'b'), { dataset: 'c', by: 'c1', at: 8 }]).started).toEqual(['a,b,c']);
  });

  test.each([true, false])('a week counts from the first publication, with an interval or not: %s', (withInterval) => {
    const week: DatasetsTrigger = { ...all, deadline: { withinSeconds: 7 * 86_400, otherwise: 'alert' } };
    const [a, b] = [
      { dataset: 'a', by: 'a1', at: 30 },
      { dataset: 'b', by: 'b1', at: 100 },
    ];
    expect(play(week, [a, b, { tickAt: 30 + 7 * 24 - 0.1 }], withInterval).alerts).toEqual([]);
    const late = [a, b, { tickAt: 30 + 7 * 24 }, { tickAt: 300 }, { dataset: 'c', by: 'c1', at: 400 }];
    expect(play(week, late, withInterval)).toMatchObject({ alerts: ['c'], started: ['a,b,c'] });
  });

  test('it stays with the reconciler until it is decided', () => {
    const open = (acts: readonly Act[]) => {
      const { record } = play(by('alert'), acts);
      return record && waitingIndex({ ...record, owed: [] }).map(({ key }) => key.partition);
    };
    expect(open(there('a'))).toEqual(['waiting', expect.stringMatching(/^open#/), expect.stringMatching(/^due#/)]);
    expect(open([...there('a'), { tickAt: 7 }])).toEqual(['waiting']);
    expect(open(there('a', 'b', 'c'))).toEqual([]);
  });
});

test('in any order, with repetitions and crashes, it starts like a simple model, and never twice', () => {
  const rule = fc.oneof(fc.constantFrom('all' as const, 'any' as const), fc.constant({ atLeast: 2 }));
  const act = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ dataset: fc.constantFrom(...datasets), number: fc.integer({ min: 1, max: 3 }) }),
    },
    { weight: 1, arbitrary: fc.constant('tick' as const) },
  );
  fc.assert(
    fc.property(
      rule,
      fc.boolean(),
      fc.boolean(),
      fc.array(act, { maxLength: 25 }),
      (rule, withInterval, rerun, acts) => {
        const of: DatasetsTrigger = { ...all, rule, onRerun: rerun ? 'rerun' : 'ignore' };
        const wanted = rule === 'all' ? 3 : rule === 'any' ? 1 : rule.atLeast;
        const known = new Set<string>();
        const model: string[] = [];
        let here = new Set<string>();
        let used: ReadonlySet<string> | undefined;
        for (const each of acts) {
          if (each === 'tick' || known.has(`${each.dataset}${each.number}`)) continue;
          known.add(`${each.dataset}${each.number}`);
          if (used !== undefined) {
            if (rerun && used.has(each.dataset)) model.push([...used].sort().join());
            continue;
          }
          here.add(each.dataset);
          if (here.size < wanted) continue;
          model.push([...here].sort().join());
          if (withInterval) used = here;
          here = new Set();
        }
        const played = acts.map(
          (each): Act =>
            each === 'tick' ? { tickAt: 1 } : { dataset: each.dataset, by: `${each.dataset}${each.number}` },
        );
        expect(play(of, played, withInterval).started).toEqual(model);
      },
    ),
    { numRuns: 500 },
  );
});
