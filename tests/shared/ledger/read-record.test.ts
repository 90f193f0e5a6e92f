import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { openDatabase } from '../../../local/storage/open-database.ts';
import { createSqliteLedger } from '../../../local/storage/sqlite-ledger.ts';
import { itemsOf } from '../../../shared/ledger/items-of.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import { readRecord, UnreadableRecord } from '../../../shared/ledger/read-record.ts';

const shape = z.object({ count: z.number() });

function filled(items: Readonly<Record<string, unknown>>): Promise<Ledger> {
  const ledger = createSqliteLedger(openDatabase(':memory:'));
  const changes = Object.entries(items).map(([sort, count]) => ({
    key: { partition: 'p', sort },
    expect: 0,
    value: { count: JSON.parse(JSON.stringify(count)) },
  }));
  return ledger.write(changes).then(() => ledger);
}

test('a record is read by its schema, and a missing one is undefined', async () => {
  const ledger = await filled({ a: 1 });
  expect(await readRecord(ledger, { partition: 'p', sort: 'a' }, shape)).toEqual({ count: 1 });
  expect(await readRecord(ledger, { partition: 'p', sort: 'b' }, shape)).toBeUndefined();
});

test('an invalid record is named with its key and the wrong field', async () => {
  const ledger = await filled({ a: 'many' });
  const reading = readRecord(ledger, { partition: 'p', sort: 'a' }, shape);
  await expect(reading).rejects.toThrow(UnreadableRecord);
  await expect(reading).rejects.toThrow(/^cannot read p a: count: /);
});

test('a partition’s items come in order, and pages are read on demand', async () => {
  const ledger = await filled({ a: 1, b: 2, c: 3, d: 4, e: 5 });
  let pages = 0;
  const counting: Pick<Ledger, 'list'> = {
    list(...asked) {
      pages += 1;
      return ledger.list(...asked);
    },
  };
  const sorts: string[] = [];
  for await (const { key } of itemsOf(counting, 'p', { limit: 2 })) sorts.push(key.sort);
  expect({ sorts, pages }).toEqual({ sorts: ['a', 'b', 'c', 'd', 'e'], pages: 3 });

  pages = 0;
  for await (const { key } of itemsOf(counting, 'p', { limit: 2, from: 'b' })) {
    expect(key.sort).toBe('c');
    break;
  }
  expect(pages).toBe(1);
});
