import type { JoinRule } from '../../model/pipeline.ts';
import { scores } from '../../model/score.ts';
import { sum } from './document.ts';

/**
 * The join table of `shared/model/join-rule.ts` as JSONata: when a task does not run, and whether that is a failure.
 *
 * @param terms scores of the tasks that it waits for; a task that has not ended has none
 * @param count the number of tasks that it waits for
 */
export type JoinCondition = {
  readonly blocked: string;
  /** Whether a blocked task is `upstream_failed`; otherwise it is `skipped`. */
  readonly failed: string;
};

export function joinCondition(rule: JoinRule, terms: readonly string[], count: number): JoinCondition | undefined {
  if (count === 0 || rule === 'all_done') return undefined;
  const score = sum(terms);
  const failed = `${score}>=${scores.failed}`;
  const fewerThan = (least: number): string => `${score}%${scores.tolerated}<${least}`;
  if (rule === 'any_failed') return { blocked: `${score}<${scores.tolerated}`, failed: 'false' };
  if (rule === 'none_failed') return { blocked: failed, failed };
  if (rule === 'any_succeeded') return { blocked: fewerThan(1), failed };
  if (typeof rule === 'object') return { blocked: fewerThan(rule.atLeast), failed };
  return { blocked: fewerThan(count), failed };
}
