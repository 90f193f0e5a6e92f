import * as z from 'zod/mini';
import { value } from '../../reading/fields.ts';

export const batchWork = z.object({
  kind: z.literal('batch'),
  definition: z.string(),
  queue: z.string(),
  args: z.record(z.string(), value),
  /** Null: that of the job definition. */
  command: z.nullable(z.array(value)),
  env: z.record(z.string(), value),
  /** How many jobs of an array. Null: one job. */
  size: z.nullable(z.number()),
  share: z.nullable(z.string()),
});
export type BatchWork = z.output<typeof batchWork>;
