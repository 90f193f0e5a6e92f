import { isFailed, type TaskOutcome } from './join-rule.ts';

/**
 * How a task ended, as a number. The sum of several says how many succeeded, whether one failed that is tolerated, and
 * whether one failed that is not: all that a join rule asks. A skipped task counts nothing.
 */
export const scores = { succeeded: 1, tolerated: 1e5, failed: 1e10 } as const;

/** Tasks of one pipeline whose scores still add up to a number that JSON carries exactly. */
export const mostTasks = 90_000;

export function failureScore({ tolerate }: { readonly tolerate: boolean }): number {
  return tolerate ? scores.tolerated : scores.failed;
}

/** The outcome of one task by its score, as far as join rules tell outcomes apart. */
export function outcomeOfScore(score: number): TaskOutcome {
  if (score >= scores.failed) return { status: 'failed' };
  if (score >= scores.tolerated) return { status: 'failed', tolerated: true };
  return { status: score > 0 ? 'succeeded' : 'skipped' };
}

/** By status, for tasks whose failures are tolerated or not. */
export function scoresByStatus(statuses: readonly TaskOutcome['status'][], failure: number): Record<string, number> {
  return Object.fromEntries(
    statuses.map((status) => [status, isFailed({ status }) ? failure : status === 'succeeded' ? scores.succeeded : 0]),
  );
}
