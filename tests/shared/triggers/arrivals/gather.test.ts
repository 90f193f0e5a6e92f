import { describe, expect, test } from 'vitest';
import type { ObjectCreated } from '../../../../shared/events/object-created.ts';
import type { BatchRules } from '../../../../shared/model/trigger.ts';
import { type BatchRecord, batchRecord } from '../../../../shared/triggers/arrivals/batch-record.ts';
import { type Gathering, gather } from '../../../../shared/triggers/arrivals/gather.ts';

type Arrival = { readonly at: number; readonly key: string; readonly size?: number; readonly marker?: true };

/** The batches of objects that arrive at these seconds, with a last look at `end`. */
function play(rules: BatchRules, arrivals: readonly Arrival[], end = 0) {
  const stream = { pipeline: 'p', trigger: 't', bucket: 'b', params: {} };
  let record: Gathering | undefined;
  const complete: BatchRecord[] = [];
  const members = new Map<string, string[]>();
  const take = (step: ReturnType<typeof gather>): void => {
    record = step.record;
    for (const { key, value } of step.claims ?? []) {
      if (key.sort === 'batch') complete.push(batchRecord.parse(value));
      if (key.partition.startsWith('batch#') && key.sort.startsWith('object#')) {
        members.set(key.partition, [...(members.get(key.partition) ?? []), String(value.key)]);
      }
    }
  };
  for (const { at, key, size = 1, marker = false } of arrivals) {
    const object: ObjectCreated = { bucket: 'b', key, size, etag: String(at) };
    take(
      gather(record, { is: 'arrived', stream, rules, objects: [{ object, marker }] }, { now: at * 1000, random: 0 }),
    );
  }
  take(gather(record, { is: 'tick', rules }, { now: end * 1000, random: 0 }));
  const batches = complete.map((batch) => ({
    ended: batch.ending,
    keys: members.get(`batch#${batch.id}`) ?? [],
    ...(batch.missing === undefined ? {} : { missing: batch.missing }),
  }));
  return { batches, open: record?.open?.count };
}

const a = (at: number, key = `k${at}`, more: Partial<Arrival> = {}): Arrival => ({ at, key, ...more });

describe('a batch ends', () => {
  test.each<[string, BatchRules, Arrival[], number, ReturnType<typeof play>['batches'], number | undefined]>([
    ['at its number of objects', { size: 2 }, [a(1), a(2), a(3)], 9, [{ ended: 'size', keys: ['k1', 'k2'] }], 1],
    [
      'at its amount of data',
      { bytes: 10 },
      [a(1, 'x', { size: 9 }), a(2, 'y', { size: 4 }), a(3, 'z')],
      9,
      [{ ended: 'bytes', keys: ['x', 'y'] }],
      1,
    ],
    [
      'at the window after its first object',
      { windowSeconds: 5 },
      [a(1), a(5)],
      6,
      [{ ended: 'window', keys: ['k1', 'k5'] }],
      undefined,
    ],
    ['not before', { windowSeconds: 5 }, [a(1), a(5)], 5.9, [], 2],
    [
      'after the quiet time since its last object',
      { quietSeconds: 5 },
      [a(1), a(5)],
      10,
      [{ ended: 'quiet', keys: ['k1', 'k5'] }],
      undefined,
    ],
    ['and the quiet time restarts with each object', { quietSeconds: 5 }, [a(1), a(5)], 9, [], 2],
    [
      'at its time, even if an object comes before the reconciler',
      { quietSeconds: 5 },
      [a(1), a(7)],
      8,
      [{ ended: 'quiet', keys: ['k1'] }],
      1,
    ],
    [
      'at its marker, and later objects belong to the next',
      { marker: '_SUCCESS' },
      [a(1), a(2, '_SUCCESS', { marker: true }), a(3)],
      9,
      [{ ended: 'marker', keys: ['k1', '_SUCCESS'] }],
      1,
    ],
    [
      'at its number of different keys',
      { expect: 2 },
      [a(1, 'x'), a(2, 'x'), a(3, 'y')],
      9,
      [{ ended: 'expect', keys: ['x', 'x', 'y'] }],
      undefined,
    ],
    [
      'with all expected names',
      { expect: ['a.csv', 'b*.csv'] },
      [a(1, 'd/b1.csv'), a(2, 'd/c.csv'), a(3, 'd/a.csv')],
      9,
      [{ ended: 'expect', keys: ['d/b1.csv', 'd/c.csv', 'd/a.csv'] }],
      undefined,
    ],
    [
      'at the window without some names, and lists them',
      { expect: ['a', 'b'], windowSeconds: 5 },
      [a(1, 'a')],
      6,
      [{ ended: 'window', keys: ['a'], missing: ['b'] }],
      undefined,
    ],
  ])('%s', (_, rules, arrivals, end, batches, open) => {
    expect(play(rules, arrivals, end)).toEqual({ batches, open });
  });
});
