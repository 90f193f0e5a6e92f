import { findRun } from '../../actors/kit/find-run.ts';
import { statesKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { System } from '../../services/system.ts';
import { readOwnRun } from '../../views/run/read-run.ts';
import { type TaskStates, taskStates } from '../../views/run/run-view.ts';

/**
 * A grid asks for many runs at once, and the records of a run's tasks hold their outputs. The states of a settled run
 * never change, so the first request keeps them for the next ones. Undefined: there is no such run.
 */
export async function readTaskStates(
  { ledger }: Pick<System, 'ledger'>,
  id: string,
  pipelines: readonly Pipeline[],
): Promise<TaskStates | undefined> {
  const run = await findRun({ ledger }, id);
  if (run === undefined) return undefined;
  const kept = run.settled ? await readRecord(ledger, statesKey(id), taskStates) : undefined;
  if (kept !== undefined) return kept;
  const found = await readOwnRun(ledger, id, pipelines);
  if (found === undefined) return undefined;
  const { status, settled, tasks } = found.view;
  const states = Object.fromEntries(tasks.map(({ name, state }) => [name, state]));
  const answer = { run: id, status, settled, states };
  if (settled) await ledger.write([{ key: statesKey(id), expect: 'any', value: answer }]);
  return answer;
}
