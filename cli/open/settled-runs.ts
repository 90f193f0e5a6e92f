import type { Ledger } from '../../shared/ledger/ledger.ts';
import { runKey } from '../../shared/ledger/ledger-keys.ts';

/** Sees in what is written to the ledger when a run is over, so that nobody has to ask for it again and again. */
export function settledRuns() {
  const expected = new Map<string, AbortController>();

  /** Aborts when the run's record says that it is over. */
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
