import type { Ledger } from '../../shared/ledger/ledger.ts';
import { openShards } from '../../shared/ledger/ledger-keys.ts';

const waits = 10_000;
/** The most changes in one write of the ledger. */
const atOnce = 100;

/** Adds as many open waits as a busy stack has. The reconciler checks some hundreds of them a minute, in a circle. */
export async function fillWithWaits(ledger: Ledger): Promise<void> {
  for (let from = 0; from < waits; from += atOnce) {
    const changes = Array.from({ length: atOnce }, (_, index) => {
      const run = `another-${from + index}`;
      return { key: openShards.key(run, `gate#${run}#g`), expect: 0, value: { kind: 'gate', run, name: 'g' } };
    });
    await ledger.write(changes);
  }
}
