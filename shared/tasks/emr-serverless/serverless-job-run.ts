import type { JobRunState } from '@aws-sdk/client-emr-serverless';
import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';
import { present } from '../../json.ts';
import { meaningOf } from '../kind/meaning-of.ts';
import type { SeenWork, WorkEnd, WorkEvent, WorkState } from '../kind/work-state.ts';

/** The meaning of a job run's state. A run that exceeds EMR's own time limit is cancelled, too. */
const meanings = {
  SUBMITTED: 'open',
  PENDING: 'open',
  SCHEDULED: 'open',
  QUEUED: 'open',
  RUNNING: 'open',
  CANCELLING: 'open',
  SUCCESS: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'stopped',
} as const satisfies Record<JobRunState, WorkEnd | 'open'>;

function stateOf(says: string, message: string | undefined): WorkState {
  const is = meaningOf(meanings, says);
  if (is === 'open') return { is, says, ...(says === 'CANCELLING' ? { stopping: true } : {}) };
  return { is, says, ...present({ message }) };
}

const answer = z.object({
  jobRun: z.optional(
    z.object({
      state: z.string(),
      stateDetails: z.optional(z.string()),
      createdAt: z.optional(z.date()),
      startedAt: z.optional(z.date()),
      endedAt: z.optional(z.date()),
      totalExecutionDurationSeconds: z.optional(z.number()),
      billedResourceUtilization: z.optional(
        z.object({
          vCPUHour: z.optional(z.number()),
          memoryGBHour: z.optional(z.number()),
          storageGBHour: z.optional(z.number()),
        }),
      ),
    }),
  ),
});

/** The answer of `GetJobRun`. A successful run tells what AWS bills. */
export function readServerlessJobRun(given: unknown, id: string): SeenWork | undefined {
  const { jobRun } = answer.parse(given);
  if (jobRun === undefined) return undefined;
  const { state, stateDetails, createdAt, startedAt = createdAt, endedAt, billedResourceUtilization: billed } = jobRun;
  return {
    id,
    state: stateOf(state, state === 'SUCCESS' ? billedUnits(billed) : stateDetails),
    times: present({
      startedOn: startedAt?.getTime(),
      completedOn: endedAt?.getTime(),
      executionSeconds: jobRun.totalExecutionDurationSeconds,
    }),
  };
}

function billedUnits(billed: Readonly<Record<string, number | undefined>> = {}): string | undefined {
  const units = { vCPUHour: 'vCPU hours', memoryGBHour: 'GB hours of memory', storageGBHour: 'GB hours of storage' };
  const parts = Object.entries(units).flatMap(([name, unit]) => {
    const amount = billed[name];
    return amount === undefined ? [] : [`${amount} ${unit}`];
  });
  return parts.length === 0 ? undefined : `billed: ${parts.join(', ')}`;
}

const event = z.object({
  'detail-type': z.literal('EMR Serverless Job Run State Change'),
  source: z.literal('aws.emr-serverless'),
  detail: z.object({ jobRunId: z.string(), applicationId: z.string(), state: z.string() }),
});

/** @throws {UnreadableEvent} */
export function readServerlessStateChange(given: unknown): WorkEvent {
  const { jobRunId, applicationId, state } = readEvent(event, given).detail;
  return { name: applicationId, id: jobRunId, state: stateOf(state, undefined) };
}
