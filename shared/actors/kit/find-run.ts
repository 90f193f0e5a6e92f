import { runKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import { type RunRecord, runRecord } from '../../runs/run/run-record.ts';
import type { System } from '../../services/system.ts';

/** Undefined: there is no such run. */
export function findRun({ ledger }: Pick<System, 'ledger'>, id: string): Promise<RunRecord | undefined> {
  return readRecord(ledger, runKey(id), runRecord);
}
