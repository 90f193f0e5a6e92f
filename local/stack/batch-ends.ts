import type { Ledger } from '../../shared/ledger/ledger.ts';
import { openShards } from '../../shared/ledger/ledger-keys.ts';
import { allOf } from '../../shared/ledger/shards.ts';
import type { Timers } from '../clock/timers.ts';

export type BatchEndsOptions = {
  readonly ledger: Ledger;
  readonly timers: Timers;
  readonly now: () => number;
  /** Ends what is due. */
  readonly reconcile: () => Promise<void>;
};

/** Pause before the reconciler continues with the rest of its list. */
const pauseMilliseconds = 1_000;

/**
 * Ends batches on the second. The reconciler alone would do it only every minute.
 * @returns a function to call when objects have arrived
 */
export function createBatchEnds({ ledger, timers, now, reconcile }: BatchEndsOptions): () => Promise<void> {
  let due = Number.POSITIVE_INFINITY;
  let cancel = (): void => {};

  async function look(): Promise<void> {
    let first = Number.POSITIVE_INFINITY;
    for await (const { value } of allOf(ledger, openShards, { prefix: 'arrivals#' })) {
      if (typeof value.until === 'number') first = Math.min(first, value.until);
    }
    const next = Math.max(first, now());
    if (next >= due || next === Number.POSITIVE_INFINITY) return;
    cancel();
    due = next;
    cancel = timers.at(next, () => void end());
  }

  async function end(): Promise<void> {
    await reconcile();
    due = Number.POSITIVE_INFINITY;
    timers.after(pauseMilliseconds, () => void look());
  }

  return look;
}
