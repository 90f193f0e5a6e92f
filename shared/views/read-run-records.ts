import { present } from '../json.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { keepKey, runKey, runPartition, taskPrefix } from '../ledger/ledger-keys.ts';
import { type Outcomes, outcomes } from '../protocol/outcome.ts';
import { type RunRecord, runRecord } from '../runs/run/run-record.ts';
import { type TaskRecord, taskRecord } from '../runs/task/task-record.ts';

/** All that the ledger knows of a run. */
export type RunRecords = {
  readonly run: RunRecord;
  readonly tasks: readonly TaskRecord[];
  /** Outcomes of the earlier run that it goes on with. */
  readonly keep: Outcomes;
};

/** Undefined: there is no such run. */
export async function readRunRecords(
  { ledger }: { readonly ledger: Ledger },
  id: string,
): Promise<RunRecords | undefined> {
  const item = await ledger.get(runKey(id));
  if (item === undefined) return undefined;
  const tasks: TaskRecord[] = [];
  let from: string | undefined;
  do {
    const page = await ledger.list(runPartition(id), { prefix: taskPrefix, ...present({ from }) });
    tasks.push(...page.items.map(({ value }) => taskRecord.parse(value)));
    from = page.next;
  } while (from !== undefined);
  const keep = outcomes.parse((await ledger.get(keepKey(id)))?.value.tasks ?? {});
  return { run: runRecord.parse(item.value), tasks, keep };
}
