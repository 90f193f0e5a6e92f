import * as z from 'zod/mini';
import type { Ledger } from '../../ledger/ledger.ts';
import { placePrefix, poolPartition, waitPrefix } from '../../ledger/ledger-keys.ts';
import { parseRecord } from '../../ledger/read-record.ts';

/** The holder of one place. */
const heldPlace = z.object({ run: z.string(), task: z.string(), attempt: z.number() });
export type HeldPlace = z.output<typeof heldPlace> & { readonly number: number };

/** An attempt in the queue of a pool. */
const waitingAttempt = z.object({
  run: z.string(),
  task: z.string(),
  attempt: z.number(),
  places: z.number(),
  priority: z.number(),
  /** Its run is not live. */
  catchUp: z.boolean(),
  /** Epoch milliseconds. */
  since: z.number(),
});
export type WaitingAttempt = z.output<typeof waitingAttempt>;

/** All places of a pool that are held. */
export async function heldPlaces(ledger: Ledger, pool: string): Promise<HeldPlace[]> {
  const held: HeldPlace[] = [];
  let from: string | undefined;
  do {
    const options = { prefix: placePrefix, ...(from === undefined ? {} : { from }) };
    const page = await ledger.list(poolPartition(pool), options);
    for (const item of page.items) {
      held.push({ ...parseRecord(heldPlace, item), number: Number(item.key.sort.slice(placePrefix.length)) });
    }
    from = page.next;
  } while (from !== undefined);
  return held;
}

/** The first in the queue of a pool, in the order of admission. */
export async function firstWaiting(ledger: Ledger, pool: string, limit: number) {
  const { items, next } = await ledger.list(poolPartition(pool), { prefix: waitPrefix, limit });
  return { waiting: items.map((item) => parseRecord(waitingAttempt, item)), more: next !== undefined };
}
