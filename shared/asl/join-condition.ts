import type { JoinRule } from '../model/pipeline.ts';
import { list, quoted } from './document.ts';

/**
 * The join table of `shared/model/join-rule.ts` as JSONata: when a task does not run, and its status then.
 *
 * @param outcomes paths to the outcomes in the document; those of tasks that have not ended yet are absent
 */
export type JoinCondition = { readonly blocked: string; readonly status: string };

export function joinCondition(rule: JoinRule, outcomes: readonly string[]): JoinCondition | undefined {
  if (outcomes.length === 0 || rule === 'all_done') return undefined;
  const statuses = list(outcomes.map((path) => `${path}.status`));
  const failed = `$exists(${list(outcomes)}[status in $failed and $not($exists(tolerated))])`;
  const fewerThan = (count: number): string => `$count(${statuses}[$='succeeded'])<${count}`;
  const either = `(${failed}?'upstream_failed':'skipped')`;

  if (rule === 'any_failed') return { blocked: `$not($exists(${statuses}[$ in $failed]))`, status: quoted('skipped') };
  if (rule === 'none_failed') return { blocked: failed, status: quoted('upstream_failed') };
  if (rule === 'any_succeeded') return { blocked: fewerThan(1), status: either };
  if (typeof rule === 'object') return { blocked: fewerThan(rule.atLeast), status: either };
  return { blocked: fewerThan(outcomes.length), status: either };
}
