import { present } from '../../json.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { batchKey, memberPrefix } from '../../ledger/ledger-keys.ts';
import { parseRecord, readRecord } from '../../ledger/read-record.ts';
import { batchObject, batchRecord } from '../../triggers/arrivals/batch-record.ts';
import { isoTime } from '../shapes.ts';
import type { BatchView } from './trigger-lists.ts';

/** A complete batch, with a page of its objects. Undefined: there is no such batch, or it is open. */
export async function readBatch(
  ledger: Ledger,
  id: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<BatchView | undefined> {
  const record = await readRecord(ledger, batchKey(id), batchRecord);
  if (record === undefined) return undefined;
  const { cause: _, label: __, first, last, ...batch } = record;
  const page = await ledger.list(batchKey(id).partition, {
    prefix: memberPrefix,
    limit,
    ...present({ from: cursor }),
  });
  const end = page.items.at(-1)?.key.sort;
  return {
    ...batch,
    first: isoTime(first),
    last: isoTime(last),
    objects: page.items.map((item) => {
      const { bucket, key, size } = parseRecord(batchObject, item);
      return { bucket, key, ...present({ size }) };
    }),
    ...(page.next === undefined || end === undefined ? {} : { next: end }),
  };
}
