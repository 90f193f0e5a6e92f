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

/** What a state document, a signal and a gate carry of tasks, by the compiler's keys: scores, or outcomes where an output is read. */
export const carried = z.record(z.string(), z.union([z.number(), outcome]));
export type Carried = Readonly<Record<string, number | Outcome>>;

/** Why tasks failed, where only the state machine knows. */
export const lostErrors = z.record(z.string(), z.object({ error: z.string(), cause: z.exactOptional(z.string()) }));
export type LostErrors = Readonly<z.output<typeof lostErrors>>;
