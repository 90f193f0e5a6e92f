import type { Ledger } from '../../shared/ledger/ledger.ts';
import { runKey } from '../../shared/ledger/ledger-keys.ts';

/** Watches the writes to the ledger for the end of runs, so that commands need not poll. */
export function settledRuns() {
  const expected = new Map<string, AbortController>();

  /** Returns a signal that aborts when the run's record says that the run is over. */
  function whenOver(id: string): AbortSignal {
    const over = new AbortController();
    expected.set(runKey(id).partition, over);
    return over.signal;
  }

  const wrapLedger = (ledger: Ledger): Ledger => ({
    ...ledger,
    async write(changes) {
      await ledger.write(changes);
      for (const { key, value } of changes) {
        if (key.sort === runKey('').sort && value?.settled === true) expected.get(key.partition)?.abort();
      }
    },
  });
  return { wrapLedger, whenOver };
}
