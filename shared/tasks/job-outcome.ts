import type { JobRunState } from '@aws-sdk/client-glue';
import type { WorkEnd } from './task-kind.ts';

/** What the state of a Glue job run means for the attempt that waits for it. */
export type JobOutcome = 'open' | WorkEnd;

/**
 * All ten states of a job run, tied to the SDK's enum. No event tells of `ERROR` (the job was deleted) and of `EXPIRED` (a
 * streaming run that Glue restarts under a new id): only asking finds them.
 */
export const jobOutcomes = {
  WAITING: 'open',
  STARTING: 'open',
  RUNNING: 'open',
  STOPPING: 'open',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  EXPIRED: 'failed',
  TIMEOUT: 'timed_out',
  STOPPED: 'stopped',
} as const satisfies Record<JobRunState, JobOutcome>;

/** An unknown state counts as open: the reconciler keeps asking until the state is a known one. */
export function jobOutcome(state: string): JobOutcome {
  const known: Readonly<Record<string, JobOutcome>> = jobOutcomes;
  return Object.hasOwn(known, state) ? (known[state] ?? 'open') : 'open';
}
