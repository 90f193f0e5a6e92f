import * as z from 'zod/mini';
import type { IndexEntry } from '../../ledger/decision.ts';
import { openShards } from '../../ledger/ledger-keys.ts';
import { carried } from '../../protocol/outcome.ts';
import { joinRule } from '../../protocol/read-call.ts';

/** A wait across branches. Made by whichever comes first, the state that waits or a signal for it. */
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
      rule: z.exactOptional(joinRule),
    }),
  ),
  /** Tokens that are closed. */
  spent: z.array(z.string()),
  /** The keys of the outcomes that were known when it opened. */
  opened: z.exactOptional(z.array(z.string())),
  delivered: z.boolean(),
});
export type GateRecord = z.output<typeof gateRecord>;

/** Only what is open and not told yet needs the reconciler: a gate whose outcomes are complete has opened. */
export function gateIndex({ run, gate, opened, delivered }: GateRecord): IndexEntry[] {
  if (opened === undefined || delivered) return [];
  return [{ key: openShards.key(run, `gate#${run}#${gate}`), value: { kind: 'gate', run, name: gate } }];
}
