import * as z from 'zod/mini';
import { storedJson } from '../../ledger/decision.ts';

export const glueJobWork = z.object({
  kind: z.literal('glue-job'),
  job: z.string(),
  /** Without the leading `--`; in a pipeline file the values may be expressions. */
  args: z.record(z.string(), storedJson),
  /** False: the job gets no argument of ours, and has no output. */
  inject: z.boolean(),
});
export type GlueJobWork = z.output<typeof glueJobWork>;
