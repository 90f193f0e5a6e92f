import type { JobRunState } from '@aws-sdk/client-glue';
import type { WorkEnd } from '../kind/work-state.ts';

/** What the state of a Glue job run means for its attempt. */
export type JobOutcome = 'open' | WorkEnd;

/**
 * All ten states of a job run, tied to the SDK's enum. `ERROR` (the job was deleted) and `EXPIRED` (a streaming run
 * that Glue restarts under a new id) have no event; only asking finds them.
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

/** An unknown state counts as open: the reconciler keeps asking. */
export function jobOutcome(state: string): JobOutcome {
  const known: Readonly<Record<string, JobOutcome>> = jobOutcomes;
  return Object.hasOwn(known, state) ? (known[state] ?? 'open') : 'open';
}
