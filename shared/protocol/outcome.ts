import * as z from 'zod/mini';
import { storedJson } from '../ledger/decision.ts';
import { taskStatuses } from '../model/join-rule.ts';

/** A `TaskOutcome` from outside, and in the ledger. */
export const outcome = z.object({
  status: z.enum(taskStatuses),
  tolerated: z.exactOptional(z.literal(true)),
  kept: z.exactOptional(z.literal(true)),
  output: z.exactOptional(storedJson),
  error: z.exactOptional(z.string()),
  cause: z.exactOptional(z.string()),
});
export type Outcome = z.output<typeof outcome>;

/** By task. */
export const outcomes = z.record(z.string(), outcome);
export type Outcomes = Readonly<Record<string, Outcome>>;
