import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createSqliteLedger } from '../../../local/storage/sqlite-ledger.ts';
import { firstOf, listOf, pageOf, placeOf, shards } from '../../../shared/ledger/shards.ts';

const open = shards('open');

async function ledgerWith(count: number) {
  const ledger = createSqliteLedger(new DatabaseSync(':memory:'));
  for (let number = 0; number < count; number += 1) {
    const key = open.key(`run-${number}`, `${String((number * 7) % count).padStart(5, '0')}#a/b`);
    await ledger.write([{ key, expect: 0, value: { number } }]);
  }
  return ledger;
}

test('runs are spread over all shards, evenly', () => {
  const counts = new Map<string, number>();
  for (let number = 0; number < 8_000; number += 1) {
    const shard = open.partitionOf(`orders-nightly-2026-11-${number}`);
    counts.set(shard, (counts.get(shard) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(open.partitions);
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test.each([1, 3, 50, 1_000])(
  'pages of %i items contain everything once, wherever a reader continues',
  async (limit) => {
    const ledger = await ledgerWith(120);
    const seen: unknown[] = [];
    let from: string | undefined = '';
    for (let pages = 0; from !== undefined && pages < 1_000; pages += 1) {
      const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(ledger, open, { limit, from });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      // a sweep that was cut off continues after its last item
      const last = page.items.at(Math.ceil(page.items.length / 2) - 1);
      const isCut = pages % 2 === 0 && last !== undefined && page.items.length > 1;
      const done = isCut ? page.items.slice(0, Math.ceil(page.items.length / 2)) : page.items;
      seen.push(...done.map(({ value }) => value.number));
      from = isCut ? placeOf(last) : page.next;
    }
    expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 120 }, (_, number) => number));
  },
);

test('the first item of all shards comes first', async () => {
  const ledger = await ledgerWith(120);
  const first = await firstOf(ledger, open, 20);
  expect(first.map(({ key }) => Number(key.sort.slice(0, 5)))).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(await listOf(ledger, open)).toHaveLength(120);
});
