import { findRun } from '../actors/find-run.ts';
import { keepKey, runPartition, taskPrefix } from '../ledger/ledger-keys.ts';
import { type Outcomes, outcomes } from '../protocol/outcome.ts';
import { runOutcomes } from '../runs/run/run-outcomes.ts';
import type { RunRecord } from '../runs/run/run-record.ts';
import { type TaskRecord, taskRecord } from '../runs/task/task-record.ts';
import type { System } from '../services/system.ts';

/** All that the ledger knows of a run. */
export type RunDetails = {
  readonly run: RunRecord;
  readonly tasks: readonly TaskRecord[];
  readonly outcomes: Outcomes;
};

export async function showRun(system: Pick<System, 'ledger'>, id: string): Promise<RunDetails | undefined> {
  const run = await findRun(system, id);
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
