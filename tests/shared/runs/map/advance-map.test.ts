import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceMap, type MapSignal } from '../../../../shared/runs/map/advance-map.ts';
import { countOf, indexesOf, type MapRecord } from '../../../../shared/runs/map/map-record.ts';
import { mapProgress, mapReason } from '../../../../shared/runs/map/map-words.ts';

const moment = { now: 1_000, random: 0 };
const claim = (states: string, fields: Partial<MapRecord> = {}): MapSignal => ({
  is: 'claim',
  map: {
    ...{ run: 'r', task: 't', attempt: 1, inner: 'inner', values: 'v', states, atOnce: 2, tolerated: 0, outputs: [] },
    ...fields,
  },
});
const failed = (index: number): MapSignal => ({ is: 'item-failed', item: { index, label: `#${index}`, why: 'why' } });
const succeeded = (index: number): MapSignal => ({ is: 'item-succeeded', index });

function play(...signals: readonly MapSignal[]) {
  let record: MapRecord | undefined;
  let effects: readonly string[] = [];
  for (const signal of signals) {
    const step = advanceMap(record, signal, moment);
    record = step.record;
    effects = step.effects.map(({ do: does, indexes }) => `${does} ${indexes.join()}`.trim());
  }
  if (record === undefined) throw new Error('no record');
  return { record, effects };
}

test('starts items up to the limit, and then one for each that ends', () => {
  expect(play(claim('....')).effects).toEqual(['start 0,1']);
  expect(play(claim('....'), succeeded(1)).effects).toEqual(['start 2']);
  const { record, effects } = play(claim('...'), succeeded(1), succeeded(0), succeeded(2));
  expect(effects).toEqual([]);
  expect(record).toMatchObject({ states: 'ddd', ended: { as: 'succeeded' } });
});

test('a repeated end starts nothing, and kept items are not started', () => {
  expect(play(claim('k...'), succeeded(1), succeeded(1)).effects).toEqual([]);
  expect(play(claim('kk')).record.ended).toEqual({ at: 1_000, as: 'succeeded' });
});

test('fails after the last live item if too many have failed', () => {
  const first = play(claim('....'), failed(0));
  expect(first).toMatchObject({ effects: [], record: { states: 'fs..' } });
  const { record } = play(claim('....'), failed(0), succeeded(1));
  expect(record.ended?.as).toBe('failed');
  expect(mapReason(record)).toBe('1 of 4 done, 1 failed: #0; 2 not started; #0: why');
  expect(play(claim('..', { tolerated: 1 }), failed(0), succeeded(1)).record.ended?.as).toBe('succeeded');
});

test('a stop checks the live items, and starts no other', () => {
  const { record, effects } = play(claim('....'), { is: 'stop' });
  expect(effects).toEqual(['look 0,1']);
  expect(record.stopped).toBe(true);
  const { record: ended } = play(claim('....'), { is: 'stop' }, failed(0), { is: 'not-started', index: 1 });
  expect(ended).toMatchObject({ states: 'x...', ended: { as: 'stopped' } });
});

test('a stop after the last item changes nothing', () => {
  expect(play(claim('.'), succeeded(0), { is: 'stop' }).record.ended?.as).toBe('succeeded');
  expect(play(claim('.'), { is: 'stop' }, succeeded(0)).record.ended?.as).toBe('succeeded');
});

test('gathers outputs only after a success, and asks again without an answer', () => {
  const outputs = ['load'];
  expect(play(claim('.', { outputs }), succeeded(0)).effects).toEqual(['gather']);
  expect(play(claim('.', { outputs }), succeeded(0), { is: 'tick' }).effects).toEqual(['gather']);
  const gathered: MapSignal = { is: 'gathered', outputs: { outputs: [] } };
  expect(play(claim('.', { outputs }), succeeded(0), gathered).record).toMatchObject({ ended: { as: 'succeeded' } });
  expect(play(claim('.', { outputs }), failed(0)).record.ended?.as).toBe('failed');
});

test('a stop ends a task before its outputs are gathered', () => {
  const outputs = ['load'];
  const { record } = play(claim('.', { outputs }), succeeded(0), { is: 'stop' });
  expect(record).toMatchObject({ states: 'd', ended: { as: 'stopped' } });
  expect(play(claim('.', { outputs }), { is: 'stop' }, succeeded(0)).record.ended?.as).toBe('stopped');
});

test('names some of the failed items', () => {
  const { record } = play(
    claim('.'.repeat(20), { tolerated: 20, atOnce: 20 }),
    ...Array.from({ length: 12 }, (_, at) => failed(at)),
  );
  expect(record.failures).toHaveLength(10);
  expect(mapProgress(record)).toBe('0 of 20 done, 12 failed: #0, #1, #2, #3, #4, …');
  expect(mapProgress(play(claim('')).record)).toBe('no items');
  expect(mapProgress(play(claim('kk.')).record)).toBe('2 of 3 done (2 kept)');
});

test('after any signals, no more items are live than the limit, and none is live at the end', () => {
  const signal = fc.oneof(
    fc.nat(9).map(succeeded),
    fc.nat(9).map(failed),
    fc.constant<MapSignal>({ is: 'tick' }),
    fc.constant<MapSignal>({ is: 'stop' }),
    fc.nat(9).map((index): MapSignal => ({ is: 'not-started', index })),
  );
  fc.assert(
    fc.property(fc.array(signal, { maxLength: 60 }), fc.nat(3), (signals, tolerated) => {
      let record = play(claim('..........', { tolerated })).record;
      for (const each of signals) {
        const step = advanceMap(record, each, moment);
        if (step.record === undefined) throw new Error('lost');
        record = step.record;
        expect(countOf(record, 'live')).toBeLessThanOrEqual(2);
        // The record contains every started item.
        for (const { do: does, indexes } of step.effects) {
          if (does === 'start') expect(indexesOf(record, 'live')).toEqual(expect.arrayContaining([...indexes]));
        }
        expect(record.ended !== undefined && countOf(record, 'live') > 0).toBe(false);
      }
    }),
  );
});
