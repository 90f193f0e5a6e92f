import * as z from 'zod/mini';
import { runStatus } from '../run/run-view.ts';
import { intervalShape, listOf } from '../shapes.ts';

const selectedRun = z.object({
  run: z.string(),
  pipeline: z.string(),
  status: runStatus,
  interval: z.exactOptional(intervalShape),
  /** Of a rerun: how many tasks would run, and how many would be kept. */
  runs: z.exactOptional(z.number()),
  keeps: z.exactOptional(z.number()),
});
export type SelectedRun = z.output<typeof selectedRun>;

const leftOutRun = z.object({ run: z.string(), why: z.string() });

/** What would be done with each run of a selection, the oldest first. The request to do it quotes the digest. */
export const bulkPlan = z.object({
  digest: z.string(),
  runs: listOf(selectedRun),
  leftOut: listOf(leftOutRun),
  /** More runs match than one request takes. Carry out this plan, then ask for another. */
  more: z.boolean(),
});
export type BulkPlanView = z.output<typeof bulkPlan>;

/** What was done. `now`: the new run, or the run itself. */
export const bulkDone = z.object({
  done: listOf(z.object({ run: z.string(), now: z.string(), status: runStatus })),
  refused: listOf(leftOutRun),
  more: z.boolean(),
});
export type BulkDone = z.output<typeof bulkDone>;
