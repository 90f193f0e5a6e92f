import { present } from '../../json.ts';
import type { TaskRecord } from '../../runs/task/task-record.ts';
import type { System } from '../../services/system.ts';
import { type OwnRunView, readOwnRun } from '../../views/run/read-run.ts';
import type { AttemptView, TaskView } from '../../views/run/run-view.ts';
import { lastBegun } from '../../views/why/tries-again.ts';
import { type Refusal, refuse } from './operation.ts';
import { noRun, pipelinesOf } from './params.ts';

/** A task of a run. `record` is absent until the task has been called. */
export type FoundTask = { readonly run: OwnRunView; readonly task: TaskView; readonly record?: TaskRecord };

export async function findTask(system: System, id: string, wanted: string): Promise<FoundTask | Refusal> {
  const found = await readOwnRun(system.ledger, id, pipelinesOf(system));
  if (found === undefined) return noRun(id);
  const { view: run, records } = found;
  const task = run.tasks.find((each) => each.name === wanted);
  const record = records.tasks.find((each) => each.task === wanted);
  if (task !== undefined) return { run, task, ...present({ record }) };
  const remedy = `it has ${run.tasks.map(({ name }) => name).join(', ')}`;
  return refuse(404, [`${id} has no task ${wanted}`], { remedy: remedy.slice(0, 2_000) });
}

/** @param number absent: the last attempt that began work */
export function findWork(
  { run, task }: FoundTask,
  number: number | undefined,
): (AttemptView & { readonly id: string }) | Refusal {
  const attempts = task.attempts.filter((attempt) => attempt.number === (number ?? attempt.number));
  const begun = lastBegun({ ...task, attempts });
  if (begun !== undefined) return begun;
  const kept = task.kept && run.rerunOf !== undefined;
  const remedy = kept ? `it was kept: see the log of ${run.rerunOf}` : `it is ${task.state}`;
  return refuse(404, [`${task.name} has begun no work`], { remedy });
}
