import path from 'node:path';
import { openEngineStore } from '../../local/engine/store/open-engine-store.ts';
import { openDeliveryStore } from '../../local/events/delivery-store.ts';
import { openJobRunStore } from '../../local/glue/job-run-store.ts';
import { stackNames } from '../../local/stack/account.ts';
import { openDatabase } from '../../local/storage/open-database.ts';
import { createSqliteLedger } from '../../local/storage/sqlite-ledger.ts';
import { findRun } from '../../shared/actors/kit/find-run.ts';
import { itemsOf } from '../../shared/ledger/items-of.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { runsPartition } from '../../shared/ledger/ledger-keys.ts';
import type { RunRecord } from '../../shared/runs/run/run-record.ts';
import { linesOf } from './journal.ts';
import type { Remains } from './runtime-verdict.ts';

/** The contents of the home and the jobs' reports, once all runtimes have ended. */
export async function runtimeRemains(folder: string): Promise<Remains> {
  const database = openDatabase(path.join(folder, 'home', 'gluewright.db'));
  const records = await readRuns(createSqliteLedger(database));
  const idOf = ({ params, id }: RunRecord) => String(params.id ?? id);
  const machineArn = stackNames('local').machineArn('by-hand');
  const executions = openEngineStore(database).executions({ machineArn, limit: Number.MAX_SAFE_INTEGER });
  const byHand = executions.map(({ arn, status }) => ({ id: arn.split(':').at(-1) ?? '', status }));
  const deliveries = openDeliveryStore(database);
  const remains: Remains = {
    runs: [
      ...records.map((run) => ({ id: idOf(run), status: run.status, settled: run.settled })),
      ...byHand.map((run) => ({ ...run, settled: run.status !== 'RUNNING' })),
    ],
    starts: linesOf(path.join(folder, 'starts')),
    askedAs: new Map(records.map((run) => [run.id, idOf(run)])),
    undelivered: deliveries.pending().length,
    deadLetters: deliveries.deadLetters().length,
    jobsLeft: openJobRunStore(database).open().length,
  };
  database.close();
  return remains;
}

async function readRuns(ledger: Ledger): Promise<readonly RunRecord[]> {
  const found: RunRecord[] = [];
  for await (const { value } of itemsOf(ledger, runsPartition())) {
    const run = await findRun({ ledger }, String(value.id));
    if (run !== undefined) found.push(run);
  }
  return found;
}
