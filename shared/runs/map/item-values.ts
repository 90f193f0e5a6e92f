import * as z from 'zod/mini';
import { storedJson } from '../../ledger/decision.ts';
import { digest } from '../../ledger/digest.ts';
import type { Key, Ledger } from '../../ledger/ledger.ts';
import { mapValuesKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';

/** What one item's run gets, and its name for people. */
const itemValue = z.object({
  label: z.string(),
  params: z.record(z.string(), storedJson),
  interval: z.exactOptional(storedJson),
  /** Its run of an earlier attempt or run, which has succeeded. */
  kept: z.exactOptional(z.string()),
  /** Its run of an earlier attempt or run, whose failed tasks run again. */
  again: z.exactOptional(z.string()),
});
export type ItemValue = z.output<typeof itemValue>;

const page = z.object({ items: z.array(itemValue) });

/** So many items of the largest size fit into one item of the ledger. */
const pageLength = 50;
export const mostItemBytes = 6_000;

/**
 * Writes the values of a task's items. The key contains their digest, so whoever writes others at the same time does
 * not disturb them.
 *
 * @returns the digest
 */
export async function writeItemValues(ledger: Ledger, run: string, values: readonly ItemValue[]): Promise<string> {
  const known = digest(JSON.stringify(values));
  for (let from = 0; from < values.length; from += pageLength) {
    const items = values.slice(from, from + pageLength);
    await ledger.write([{ key: keyOf(run, known, from), expect: 'any', value: { items } }]);
  }
  return known;
}

/** Undefined: there is no such item. */
export async function readItemValue(
  ledger: Pick<Ledger, 'get'>,
  run: string,
  values: string,
  index: number,
): Promise<ItemValue | undefined> {
  return (await readRecord(ledger, keyOf(run, values, index), page))?.items[index % pageLength];
}

export async function readItemValues(
  ledger: Pick<Ledger, 'get'>,
  run: string,
  values: string,
  count: number,
): Promise<readonly ItemValue[]> {
  const all: ItemValue[] = [];
  for (let from = 0; from < count; from += pageLength) {
    all.push(...((await readRecord(ledger, keyOf(run, values, from), page))?.items ?? []));
  }
  return all;
}

function keyOf(run: string, values: string, index: number): Key {
  return mapValuesKey(run, values, Math.floor(index / pageLength));
}
