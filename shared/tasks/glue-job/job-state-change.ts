import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';

/** `Glue Job State Change`: best effort, only for SUCCEEDED, FAILED, TIMEOUT and STOPPED, without the run's arguments. */
export type JobStateChange = {
  readonly jobName: string;
  readonly jobRunId: string;
  readonly state: string;
  readonly message?: string;
};

/** Every state that Glue sends. `ERROR` and `EXPIRED` have no event; asking finds them. */
export const jobStateChanges = {
  source: ['aws.glue'],
  'detail-type': ['Glue Job State Change'],
  detail: { state: ['SUCCEEDED', 'FAILED', 'TIMEOUT', 'STOPPED'] },
} as const;

const schema = z.object({
  'detail-type': z.literal('Glue Job State Change'),
  source: z.literal('aws.glue'),
  detail: z.object({
    jobName: z.string(),
    jobRunId: z.string(),
    state: z.string(),
    message: z.optional(z.nullable(z.string())),
  }),
});

/** @throws {UnreadableEvent} */
export function readJobStateChange(event: unknown): JobStateChange {
  const { jobName, jobRunId, state, message } = readEvent(schema, event).detail;
  return { jobName, jobRunId, state, ...(typeof message === 'string' ? { message } : {}) };
}
