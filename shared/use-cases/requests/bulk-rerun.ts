import { findRun } from '../../actors/kit/find-run.ts';
import { present } from '../../json.ts';
import type { RerunHow } from '../../runs/run/plan-rerun.ts';
import { requestDigest } from '../../runs/run/request-digest.ts';
import type { System } from '../../services/system.ts';
import { startedRuns } from '../../views/run/related-runs.ts';
import type { BulkPlanView, SelectedRun } from '../../views/runs/bulk-view.ts';
import { type Agreement, type BulkAnswer, planChanged, readAgreedPlan } from './agreed-plan.ts';
import { planRerunOf, rerun } from './rerun.ts';
import { type Selection, selectRuns } from './select-runs.ts';

type Planned = { readonly view: BulkPlanView; readonly digests: ReadonlyMap<string, string> };

/** What rerunning a selection would do. Runs that were rerun already are left out. */
export async function planBulkRerun(system: System, selection: Selection, how: RerunHow): Promise<Planned> {
  const { runs: selected, more } = await selectRuns(system, selection, ['FAILED', 'TIMED_OUT', 'ABORTED']);
  const runs: SelectedRun[] = [];
  const leftOut: { run: string; why: string }[] = [];
  const digests = new Map<string, string>();
  for (const { id, pipeline, status, interval } of selected) {
    const record = await findRun(system, id);
    const [again] = record === undefined ? [] : await startedRuns(system.ledger, record, []);
    if (again !== undefined) {
      leftOut.push({ run: id, why: `it has been run again, as ${again.run}` });
      continue;
    }
    const planned = await planRerunOf(system, id, how);
    if (planned.problems !== undefined) {
      leftOut.push({ run: id, why: planned.problems.join('; ') });
      continue;
    }
    const { tasks, digest } = planned.view;
    digests.set(id, digest);
    const will = tasks.filter(({ does }) => does === 'run').length;
    runs.push({ run: id, pipeline, status, ...present({ interval }), runs: will, keeps: tasks.length - will });
  }
  return { view: { digest: requestDigest(['rerun', ...digests]), runs, leftOut, more }, digests };
}

/**
 * Reruns a selection, if the plan is still the same. A repeated request with the same key starts no second reruns, and
 * finishes what the first began.
 */
export async function bulkRerun(
  system: System,
  selection: Selection,
  how: RerunHow,
  agreement: Agreement,
): Promise<BulkAnswer> {
  const plan = await readAgreedPlan(system, agreement, async () => {
    const { view, digests } = await planBulkRerun(system, selection, how);
    return { digest: view.digest, runs: [...digests].map(([run, digest]) => ({ run, digest })), more: view.more };
  });
  if (plan === undefined) return planChanged;
  const { key = system.uuid() } = agreement;
  const done: { run: string; now: string; status: SelectedRun['status'] }[] = [];
  const refused: { run: string; why: string }[] = [];
  for (const { run, digest } of plan.runs) {
    const answer = await rerun(system, run, { ...how, ...present({ plan: digest }) }, `${key}\n${run}`);
    if (answer.is === 'refused') refused.push({ run, why: answer.problems.join('; ') });
    else done.push({ run, now: answer.run.id, status: answer.run.status });
  }
  return { is: 'done', view: { done, refused, more: plan.more } };
}
