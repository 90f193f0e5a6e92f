import type { JobStatus } from '@aws-sdk/client-batch';
import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';
import { present } from '../../json.ts';
import { meaningOf } from '../kind/meaning-of.ts';
import type { Page, SeenWork, WorkEnd, WorkEvent, WorkState } from '../kind/work-state.ts';

/** The meaning of a job's status. A job that somebody terminated is `FAILED`, too. */
const meanings = {
  SUBMITTED: 'open',
  PENDING: 'open',
  RUNNABLE: 'open',
  STARTING: 'open',
  RUNNING: 'open',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
} as const satisfies Record<JobStatus, WorkEnd | 'open'>;

const job = z.object({
  jobId: z.string(),
  status: z.string(),
  statusReason: z.optional(z.string()),
  createdAt: z.optional(z.number()),
  startedAt: z.optional(z.number()),
  stoppedAt: z.optional(z.number()),
  isCancelled: z.optional(z.boolean()),
  isTerminated: z.optional(z.boolean()),
  container: z.optional(z.object({ exitCode: z.optional(z.number()), reason: z.optional(z.string()) })),
});
type Job = z.output<typeof job>;

function stateOf({ status: says, statusReason, container, isCancelled, isTerminated }: Job): WorkState {
  const means = meaningOf(meanings, says);
  const isStopped = isCancelled === true || isTerminated === true;
  if (means === 'open') return { is: means, says, ...(isStopped ? { stopping: true } : {}) };
  if (means === 'succeeded') return { is: means, says };
  const code = container?.exitCode === undefined ? undefined : `exit code ${container.exitCode}`;
  const parts = [statusReason, container?.reason, code].filter((part) => part !== undefined);
  return { is: isStopped ? 'stopped' : means, says, ...(parts.length === 0 ? {} : { message: parts.join('; ') }) };
}

function seen(found: Job): SeenWork {
  const { jobId, createdAt, startedAt = createdAt, stoppedAt } = found;
  const ran = found.startedAt === undefined || stoppedAt === undefined ? undefined : stoppedAt - found.startedAt;
  return {
    id: jobId,
    state: stateOf(found),
    times: present({
      startedOn: startedAt,
      completedOn: stoppedAt,
      executionSeconds: ran === undefined ? undefined : ran / 1_000,
    }),
  };
}

const described = z.object({ jobs: z.optional(z.array(job)) });

/** The answer of `DescribeJobs`. It leaves out jobs that Batch does not know. */
export function readJob(answer: unknown, id: string): SeenWork | 'gone' {
  const found = described.parse(answer).jobs?.find(({ jobId }) => jobId === id);
  return found === undefined ? 'gone' : seen(found);
}

const listed = z.object({
  jobSummaryList: z.optional(z.array(z.object({ jobId: z.string(), jobName: z.string() }))),
  nextToken: z.optional(z.string()),
});

/**
 * The answer of `ListJobs`. Its filter ignores case. A summary does not say whether somebody terminated the job, so
 * the job is asked about.
 */
export function readJobs(answer: unknown, name: string): Page<SeenWork> {
  const { jobSummaryList = [], nextToken: next } = listed.parse(answer);
  const ours = jobSummaryList.filter(({ jobName }) => jobName === name);
  const items = ours.map(({ jobId: id }) => ({ id, state: { is: 'open', says: 'SUBMITTED' } as const, times: {} }));
  return { items, ...present({ next }) };
}

const event = z.object({
  'detail-type': z.literal('Batch Job State Change'),
  source: z.literal('aws.batch'),
  detail: z.object({ jobId: z.string(), jobQueue: z.string(), status: z.string() }),
});

/** @throws {UnreadableEvent} */
export function readJobStateChange(given: unknown): WorkEvent {
  const { jobId, jobQueue, status } = readEvent(event, given).detail;
  return { name: jobQueue.slice(jobQueue.indexOf('/') + 1), id: jobId, state: stateOf({ jobId, status }) };
}
