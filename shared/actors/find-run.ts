import { runKey } from '../ledger/ledger-keys.ts';
import { type RunRecord, runRecord } from '../runs/run/run-record.ts';
import type { System } from '../services/system.ts';

/** Undefined: there is no such run. */
export async function findRun(system: Pick<System, 'ledger'>, id: string): Promise<RunRecord | undefined> {
  const item = await system.ledger.get(runKey(id));
  return item === undefined ? undefined : runRecord.parse(item.value);
}
