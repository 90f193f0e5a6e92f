import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEvent } from '../../local/engine/history/history-event.ts';
import { readHistory } from '../../local/home/read-history.ts';
import { openDatabase } from '../../local/storage/open-database.ts';
import { createSqliteLedger } from '../../local/storage/sqlite-ledger.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { latestRun } from '../../shared/views/runs/list-runs.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export type OpenLedger = {
  readonly ledger: Ledger;
  /** The history of an execution; undefined: there is no such execution. */
  history(executionArn: string): readonly HistoryEvent[] | undefined;
  close(): void;
};

/** The ledger of a home, whether or not a runtime has it open. Undefined: nothing has run there. */
export function openLedger(home: string): OpenLedger | undefined {
  const file = join(home, 'gluewright.db');
  if (!existsSync(file)) return undefined;
  const database = openDatabase(file);
  return {
    ledger: createSqliteLedger(database),
    history: (executionArn) => readHistory(database, executionArn),
    close: () => database.close(),
  };
}

/** @throws {CommandError} if nothing has run there */
export function openKnownLedger(home: string): OpenLedger {
  const open = openLedger(home);
  if (open === undefined) throw new CommandError(exitCodes.notFound, `nothing has run yet in ${home}`);
  return open;
}

/** Resolves a run's id, or `latest`. @throws {CommandError} */
export async function findRunId(ledger: Ledger, name: string): Promise<string> {
  if (name !== 'latest') return name;
  const latest = await latestRun(ledger);
  if (latest !== undefined) return latest;
  throw new CommandError(exitCodes.notFound, 'there are no runs yet');
}

export function noSuchRun(name: string): CommandError {
  return new CommandError(exitCodes.notFound, `there is no run ${name}; npx gluewright runs lists them`);
}
