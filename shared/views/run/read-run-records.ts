import { itemsOf } from '../../ledger/items-of.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { keepKey, runKey, runPartition, taskPrefix } from '../../ledger/ledger-keys.ts';
import { parseRecord, readRecord } from '../../ledger/read-record.ts';
import { type Outcomes, outcomes } from '../../protocol/outcome.ts';
import { type RunRecord, runRecord } from '../../runs/run/run-record.ts';
import { type TaskRecord, taskRecord } from '../../runs/task/task-record.ts';

/** Everything that the ledger knows about a run. */
export type RunRecords = {
  readonly run: RunRecord;
  readonly tasks: readonly TaskRecord[];
  /** Outcomes of the earlier run that it continues. */
  readonly keep: Outcomes;
};

/** Undefined: there is no such run. */
export async function readRunRecords(
  { ledger }: { readonly ledger: Ledger },
  id: string,
): Promise<RunRecords | undefined> {
  const run = await readRecord(ledger, runKey(id), runRecord);
  if (run === undefined) return undefined;
  const tasks: TaskRecord[] = [];
  for await (const item of itemsOf(ledger, runPartition(id), { prefix: taskPrefix })) {
    tasks.push(parseRecord(taskRecord, item));
  }
  const keep = outcomes.parse((await ledger.get(keepKey(id)))?.value.tasks ?? {});
  return { run, tasks, keep };
}
