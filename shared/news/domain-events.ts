import * as z from 'zod/mini';
import { endStatuses, liveStatuses } from '../runs/run/run-record.ts';

const interval = z.exactOptional(z.object({ start: z.string(), end: z.string() }));
const common = { stack: z.string(), pipeline: z.string(), run: z.string() };

const run = z.object({
  ...common,
  status: z.enum([...liveStatuses, ...endStatuses]),
  /** `s3`, `schedule`, `api`, … */
  trigger: z.string(),
  interval,
  rerunOf: z.exactOptional(z.string()),
  createdAt: z.string(),
  startedAt: z.exactOptional(z.string()),
  endedAt: z.exactOptional(z.string()),
});

/** The detail of each event, by its detail type. Times are ISO 8601, UTC. Fields may be added. */
export const domainEvents = {
  'Run State Change': run,
  /** Published once, for a run that is still running when it should have ended. */
  'Run Late': run,
  'Task State Change': z.object({
    ...common,
    task: z.string(),
    attempt: z.number(),
    state: z.enum(['starting', 'queued', 'running', 'succeeded', 'failed', 'skipped']),
    /** The task's kind, such as `glue-job`. */
    kind: z.string(),
    /** The name of what runs, such as the job's. */
    work: z.string(),
    /** The work's id in its service, such as the job run's. */
    id: z.exactOptional(z.string()),
    /** For `failed`. */
    error: z.exactOptional(z.string()),
  }),
  'Dataset Published': z.object({ ...common, task: z.string(), dataset: z.string(), interval }),
};

type DetailType = keyof typeof domainEvents;

/** Without the stack, which the sender adds. */
export type DomainEvent = {
  [Type in DetailType]: { readonly type: Type; readonly detail: Omit<z.output<(typeof domainEvents)[Type]>, 'stack'> };
}[DetailType];
