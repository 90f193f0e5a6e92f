import * as z from 'zod/mini';
import { listOf } from './shapes.ts';

export const plannedTask = z.object({
  name: z.string(),
  does: z.enum(['run', 'keep']),
  /** What it is kept as. */
  status: z.exactOptional(z.string()),
  /** Milliseconds that its job took in the run that is run again, all attempts together. */
  tookLast: z.exactOptional(z.number()),
});
export type PlannedTask = z.output<typeof plannedTask>;

/** What a rerun would do. Whoever then asks for it quotes the digest: another plan by then is refused. */
export const rerunPlan = z.object({
  rerunOf: z.string(),
  pipeline: z.string(),
  digest: z.string(),
  tasks: listOf(plannedTask),
});
export type RerunPlanView = z.output<typeof rerunPlan>;
