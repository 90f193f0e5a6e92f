import fc from 'fast-check';
import { expect, test } from 'vitest';
import { occasions } from '../../../shared/model/channel.ts';
import { type ChannelRecord, emptyChannel, gather, mostMessages, tellNow } from '../../../shared/notices/gather.ts';
import type { Notice } from '../../../shared/notices/notice.ts';

const minute = 60_000;
const failed = (pipeline: string, run = `${pipeline}-1`): Notice => ({ occasion: 'failed', pipeline, run, at: 0 });

/** A sweep a minute, with what each of them finds. Returns what was said, and when. */
function sweeps(found: readonly (readonly Notice[])[]): { readonly minute: number; readonly counts: number[] }[] {
  const said: { minute: number; counts: number[] }[] = [];
  let record: ChannelRecord = emptyChannel;
  for (const [at, notices] of found.entries()) {
    record = notices.reduce(gather, record);
    const telling = tellNow(record, at * minute);
    if (telling === undefined) continue;
    record = telling.after;
    said.push({ minute: at, counts: [...telling.groups.map(({ count }) => count), telling.more].filter((n) => n > 0) });
  }
  return said;
}

test('a channel is notified of the first failure at once', () => {
  expect(sweeps([[], [failed('orders')], [], []])).toEqual([{ minute: 1, counts: [1] }]);
});

test('failures that come together are one message with their number', () => {
  expect(sweeps([Array.from({ length: 100 }, () => failed('orders'))])).toEqual([{ minute: 0, counts: [100] }]);
});

test('a pipeline’s further failures are sent after the hour, with their number', () => {
  const found = Array.from({ length: 121 }, (_, at) => (at < 100 ? [failed('orders')] : []));
  expect(sweeps(found)).toEqual([
    { minute: 0, counts: [1] },
    { minute: 60, counts: [60] },
    { minute: 120, counts: [39] },
  ]);
});

test('the failure of another pipeline does not wait for the end of the hour', () => {
  expect(sweeps([[failed('orders')], [], [failed('prices'), failed('orders')]])).toEqual([
    { minute: 0, counts: [1] },
    { minute: 2, counts: [1] },
  ]);
});

test('the failures of many pipelines within an hour are a few messages', () => {
  const found = Array.from({ length: 61 }, (_, at) => (at < 60 ? [failed(`p${at}`)] : []));
  const said = sweeps(found);
  expect(said).toHaveLength(mostMessages + 1);
  expect(said.at(-1)).toEqual({ minute: 60, counts: Array.from({ length: 55 }, () => 1) });
});

test('no notice is lost or sent twice, and no hour has too many messages', () => {
  const notice = fc.record({
    occasion: fc.constantFrom(...occasions),
    pipeline: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', '__proto__', 'constructor'),
  });
  const found = fc.array(fc.array(notice, { maxLength: 4 }), { maxLength: 150 });
  fc.assert(
    fc.property(found, (minutes) => {
      const quiet = Array.from({ length: 61 }, (): Notice[] => []);
      const all = [...minutes.map((some) => some.map((each): Notice => ({ ...each, run: 'r', at: 0 }))), ...quiet];
      const said = sweeps(all);
      const total = said.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
      expect(total).toBe(minutes.flat().length);
      for (const { minute: from } of said) {
        const within = said.filter(({ minute: at }) => at >= from && at < from + 60);
        expect(within.length).toBeLessThanOrEqual(2 * mostMessages);
      }
    }),
  );
});
