import { present } from '../../json.ts';
import { requestDigest } from '../../runs/run/request-digest.ts';
import { liveStatuses } from '../../runs/run/run-record.ts';
import type { System } from '../../services/system.ts';
import type { BulkPlanView, SelectedRun } from '../../views/runs/bulk-view.ts';
import { type Agreement, type BulkAnswer, planChanged, readAgreedPlan } from './agreed-plan.ts';
import { type Selection, selectRuns } from './select-runs.ts';
import { stopRun } from './stop-run.ts';

/** The runs that stopping a selection would stop. */
export async function planBulkStop(system: System, selection: Selection): Promise<BulkPlanView> {
  const { runs: selected, more } = await selectRuns(system, selection, liveStatuses);
  const live = selected.filter(({ status }) => (liveStatuses as readonly string[]).includes(status));
  const over = selected.filter((run) => !live.includes(run));
  const runs = live.map(
    ({ id, pipeline, status, interval }): SelectedRun => ({ run: id, pipeline, status, ...present({ interval }) }),
  );
  return {
    digest: requestDigest(['stop', ...runs.map(({ run }) => run)]),
    runs,
    leftOut: over.map(({ id, status }) => ({ run: id, why: `it is over: ${status}` })),
    more,
  };
}

/** Stops a selection, if the plan is still the same. */
export async function bulkStop(system: System, selection: Selection, agreement: Agreement): Promise<BulkAnswer> {
  const plan = await readAgreedPlan(system, agreement, async () => {
    const { digest, runs, more } = await planBulkStop(system, selection);
    return { digest, runs: runs.map(({ run }) => ({ run })), more };
  });
  if (plan === undefined) return planChanged;
  const done: { run: string; now: string; status: SelectedRun['status'] }[] = [];
  const refused: { run: string; why: string }[] = [];
  for (const { run } of plan.runs) {
    const stopped = await stopRun(system, run);
    if (stopped === undefined) refused.push({ run, why: 'there is no such run any more' });
    else done.push({ run, now: run, status: stopped.status });
  }
  return { is: 'done', view: { done, refused, more: plan.more } };
}
