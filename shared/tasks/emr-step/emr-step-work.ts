import * as z from 'zod/mini';
import { value } from '../../reading/fields.ts';

export const failureActions = ['CONTINUE', 'CANCEL_AND_WAIT', 'TERMINATE_CLUSTER'] as const;

export const emrStepWork = z.object({
  kind: z.literal('emr-step'),
  cluster: z.string(),
  args: z.array(value),
  jar: z.string(),
  /** Null: the JAR names it. */
  main: z.nullable(z.string()),
  onFailure: z.enum(failureActions),
});
export type EmrStepWork = z.output<typeof emrStepWork>;
