import * as z from 'zod/mini';
import type { IndexEntry } from '../../ledger/decision.ts';
import { openShards } from '../../ledger/ledger-keys.ts';
import { carried } from '../../protocol/outcome.ts';
import { joinRule } from '../../protocol/read-call.ts';

/** A wait across branches. Whichever comes first makes it: the waiting state, or a signal. */
export const gateRecord = z.object({
  run: z.string(),
  gate: z.string(),
  /** By the compiler's keys. */
  outcomes: carried,
  /** The state that waits. Absent: it has not come yet. */
  waiting: z.exactOptional(
    z.object({
      token: z.string(),
      turn: z.exactOptional(z.string()),
      needs: z.array(z.string()),
      wants: z.exactOptional(z.array(z.string())),
      rule: z.exactOptional(joinRule),
    }),
  ),
  /** Tokens of calls that no longer wait. */
  spent: z.array(z.string()),
  /** The keys of the outcomes that were known when it opened. */
  opened: z.exactOptional(z.array(z.string())),
  delivered: z.boolean(),
});
export type GateRecord = z.output<typeof gateRecord>;

/** Only an opened gate that has not been reported needs the reconciler. */
export function gateIndex({ run, gate, opened, delivered }: GateRecord): IndexEntry[] {
  if (opened === undefined || delivered) return [];
  return [{ key: openShards.key(run, `gate#${run}#${gate}`), value: { kind: 'gate', run, name: gate } }];
}
