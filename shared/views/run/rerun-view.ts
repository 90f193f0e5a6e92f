import * as z from 'zod/mini';
import { listOf } from '../shapes.ts';

const plannedTask = z.object({
  name: z.string(),
  does: z.enum(['run', 'keep']),
  /** It runs another pipeline, for itself or for items: those that failed go on, and the others are kept. */
  resumes: z.exactOptional(z.literal(true)),
  /** The status with which it is kept. */
  status: z.exactOptional(z.string()),
  /** Milliseconds of work in the earlier run, over all attempts. */
  tookLast: z.exactOptional(z.number()),
});
export type PlannedTask = z.output<typeof plannedTask>;

/** What a rerun would do. The request to do it quotes the digest, and is refused if the plan has changed. */
export const rerunPlan = z.object({
  rerunOf: z.string(),
  pipeline: z.string(),
  digest: z.string(),
  tasks: listOf(plannedTask),
});
export type RerunPlanView = z.output<typeof rerunPlan>;
