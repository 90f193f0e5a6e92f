import { keepKey, runPartition, taskPrefix } from '../runs/ledger-keys.ts';
import { type Outcomes, outcomes } from '../runs/outcome.ts';
import { planRerun, type RerunHow } from '../runs/plan-rerun.ts';
import { rerunId } from '../runs/run-id.ts';
import { runOutcomes } from '../runs/run-outcomes.ts';
import { hasEnded, type RunRecord } from '../runs/run-record.ts';
import { type TaskRecord, taskRecord } from '../runs/task-record.ts';
import { find, type RunAnswer, startRun } from './start-run.ts';
import type { System } from './system.ts';

/** All that the ledger knows of a run. */
export type RunDetails = {
  readonly run: RunRecord;
  readonly tasks: readonly TaskRecord[];
  readonly outcomes: Outcomes;
};

export async function showRun(system: System, id: string): Promise<RunDetails | undefined> {
  const run = await find(system, id);
  if (run === undefined) return undefined;
  const tasks: TaskRecord[] = [];
  let from: string | undefined;
  do {
    const options = { prefix: taskPrefix, ...(from === undefined ? {} : { from }) };
    const page = await system.ledger.list(runPartition(id), options);
    tasks.push(...page.items.map((item) => taskRecord.parse(item.value)));
    from = page.next;
  } while (from !== undefined);
  const kept = (await system.ledger.get(keepKey(id)))?.value.tasks;
  const keep = kept === undefined ? undefined : outcomes.parse(kept);
  return { run, tasks, outcomes: runOutcomes(run, tasks, keep) };
}

const rerunLimit = 1000;

/** A new run, `…-r2`, `-r3`, of the pipeline as it is defined now, that keeps what the earlier one has done. */
export async function rerun(system: System, id: string, how: RerunHow): Promise<RunAnswer> {
  const details = await showRun(system, id);
  if (details === undefined) return { is: 'refused', problems: [`there is no run ${id}`] };
  const { run } = details;
  if (!hasEnded(run.status)) return { is: 'refused', problems: [`${id} has not ended: it is ${run.status}`] };
  const entry = system.catalog.byName(run.pipeline);
  if (entry === undefined) return { is: 'refused', problems: [`there is no pipeline ${run.pipeline}`] };
  const plan = planRerun(entry.pipeline, details.outcomes, how);
  if (plan.problems !== undefined) return { is: 'refused', problems: plan.problems };

  const cause = `rerun of ${id}\n${system.uuid()}`;
  for (let number = 2; number <= rerunLimit; number++) {
    const answer = await startRun(system, {
      id: rerunId(id, number),
      pipeline: run.pipeline,
      cause,
      trigger: { kind: 'rerun', of: id },
      params: run.params,
      keep: plan.keep,
      rerunOf: id,
      ...(run.interval === undefined ? {} : { interval: run.interval }),
    });
    if (answer.is === 'run' || answer.taken === undefined) return answer;
  }
  return { is: 'refused', problems: [`${id} has been run again ${rerunLimit} times`] };
}
