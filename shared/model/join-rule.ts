import type { JoinRule } from './pipeline.ts';

export const taskStatuses = ['succeeded', 'failed', 'timed_out', 'stopped', 'skipped', 'upstream_failed'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** How a task ended, in the state document, in signals and in the ledger. */
export type TaskOutcome = {
  readonly status: TaskStatus;
  /** The task may fail without failing the run: its failure counts as skipped, except for `any_failed`. */
  readonly tolerated?: true;
  /** The outcome is that of an earlier run. */
  readonly kept?: true;
  readonly output?: unknown;
  /** The error's name and cause, if the ledger cannot know them: an expression failed. */
  readonly error?: string;
  readonly cause?: string;
};

export type Verdict = 'run' | 'skipped' | 'upstream_failed';

const failedStatuses = ['failed', 'timed_out', 'stopped', 'upstream_failed'] as const satisfies TaskStatus[];

export function isFailed(outcome: TaskOutcome): boolean {
  return (failedStatuses as readonly TaskStatus[]).includes(outcome.status);
}

/** Rules that may be decided before all upstream tasks have ended. They become gates, and do not order tasks. */
export function isEarly(rule: JoinRule): boolean {
  return rule === 'any_succeeded' || rule === 'any_failed' || typeof rule === 'object';
}

/**
 * The join table: what happens to a task, given the outcomes known so far.
 *
 * @param total how many tasks it waits for; `outcomes` has one entry for each that has ended
 * @returns undefined while it is not decided
 */
export function judge(rule: JoinRule, total: number, outcomes: readonly TaskOutcome[]): Verdict | undefined {
  const succeeded = outcomes.filter((outcome) => outcome.status === 'succeeded').length;
  const failed = outcomes.some((outcome) => isFailed(outcome) && outcome.tolerated !== true);
  const ended = outcomes.length === total;
  const blocked = failed ? 'upstream_failed' : 'skipped';

  if (rule === 'any_failed') return outcomes.some(isFailed) ? 'run' : ended ? 'skipped' : undefined;
  if (rule === 'any_succeeded') return succeeded > 0 ? 'run' : ended ? blocked : undefined;
  if (typeof rule === 'object') {
    if (succeeded >= rule.atLeast) return 'run';
    // not as soon as it is out of reach: whether one has failed depends on the order then, and the ledger keeps none
    return ended ? blocked : undefined;
  }
  if (!ended) return undefined;
  if (rule === 'all_done') return 'run';
  if (rule === 'none_failed') return failed ? 'upstream_failed' : 'run';
  return succeeded === total ? 'run' : blocked;
}
