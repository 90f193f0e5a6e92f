import { apiEvent } from '../../local/engine/history/api-event.ts';
import type { HistoryEvent } from '../../local/engine/history/history-event.ts';
import { findRun } from '../../shared/actors/kit/find-run.ts';
import { table } from '../render/table.ts';
import { type Cli, printJson } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { findRunId, noSuchRun, openKnownLedger } from './open-ledger.ts';
import { findProjectRoot } from './project-root.ts';

/** Prints the history of a run's execution, whether or not a runtime has it open. @throws {CommandError} */
export async function showHistory(cli: Cli, name: string, json: boolean): Promise<void> {
  const { ledger, history, close } = openKnownLedger(findProjectRoot(cli.terminal).home);
  try {
    const id = await findRunId(ledger, name);
    const run = await findRun({ ledger }, id);
    if (run === undefined) throw noSuchRun(id);
    const { executionArn } = run;
    const events = executionArn === undefined ? undefined : history(executionArn);
    if (events === undefined) throw new CommandError(exitCodes.notFound, `the run ${id} has no execution yet`);
    if (json) printJson(cli, { executionArn, events: events.map(asGiven) });
    else cli.terminal.out(historyTable(events).join('\n'));
  } finally {
    close();
  }
}

/** As `aws stepfunctions get-execution-history` prints it. */
function asGiven(event: HistoryEvent) {
  return { ...apiEvent(event, true), timestamp: new Date(event.at).toISOString() };
}

function historyTable(events: readonly HistoryEvent[]): string[] {
  const right = 'right' as const;
  const begin = events[0]?.at ?? 0;
  const rows = events.map((event) => [
    String(event.id),
    `+${((event.at - begin) / 1000).toFixed(3)}s`,
    event.type,
    subject(event),
  ]);
  return table(
    [{ title: 'ID', align: right }, { title: 'TIME', align: right }, { title: 'EVENT' }, { title: 'OF' }],
    rows,
  );
}

function subject({ type, details = {} }: HistoryEvent): string {
  const { name, error, resource } = details;
  return String(name ?? error ?? (type === 'TaskScheduled' ? resource : undefined) ?? '');
}
