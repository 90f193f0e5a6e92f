import type { Ledger } from '../../shared/ledger/ledger.ts';
import { openShards } from '../../shared/ledger/ledger-keys.ts';

const waits = 10_000;
/** The most that a ledger writes at once. */
const atOnce = 100;

/** As many open waits as a busy stack has: the reconciler goes round all of them, some hundreds a minute. */
export async function fillWithWaits(ledger: Ledger): Promise<void> {
  for (let from = 0; from < waits; from += atOnce) {
    const changes = Array.from({ length: atOnce }, (_, index) => {
      const run = `another-${from + index}`;
      return { key: openShards.key(run, `gate#${run}#g`), expect: 0, value: { kind: 'gate', run, name: 'g' } };
    });
    await ledger.write(changes);
  }
}
