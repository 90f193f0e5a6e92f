import * as z from 'zod/mini';
import { agreedPlanKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import type { System } from '../../services/system.ts';
import type { BulkDone } from '../../views/runs/bulk-view.ts';

const agreedPlan = z.object({
  /** The order in which they are done. `digest`: of the run's own plan. */
  runs: z.array(z.object({ run: z.string(), digest: z.exactOptional(z.string()) })),
  more: z.boolean(),
});
export type AgreedPlan = z.output<typeof agreedPlan>;

export type BulkAnswer =
  | { readonly is: 'done'; readonly view: BulkDone }
  /** Nothing was done. */
  | { readonly is: 'refused'; readonly problems: readonly string[] };

export const planChanged: BulkAnswer = { is: 'refused', problems: ['the plan has changed since'] };

/** `key`: the request's `Idempotency-Key`. Absent: each call is a request of its own. */
export type Agreement = { readonly digest: string; readonly key?: string };

/** Seconds. The API keeps its answers to repeated requests as long. */
const keptSeconds = 24 * 3600;

/**
 * The plan to carry out, if it still has the digest that was agreed to. Under a key, the plan is recorded before its
 * first run is touched. The same request, repeated after a crash, then continues the recorded plan: by now, the runs
 * that are done would be missing from a new one.
 *
 * @returns undefined: the plan has changed
 */
export async function readAgreedPlan(
  { ledger, clock }: Pick<System, 'ledger' | 'clock'>,
  { digest, key }: Agreement,
  plan: () => Promise<AgreedPlan & { readonly digest: string }>,
): Promise<AgreedPlan | undefined> {
  const place = key === undefined ? undefined : agreedPlanKey(key, digest);
  const begun = place === undefined ? undefined : await readRecord(ledger, place, agreedPlan);
  if (begun !== undefined) return begun;
  const { digest: current, ...planned } = await plan();
  if (current !== digest) return undefined;
  if (place !== undefined) {
    const expires = Math.floor(clock() / 1_000) + keptSeconds;
    await ledger.write([{ key: place, expect: 'any', value: planned, expires }]);
  }
  return planned;
}
