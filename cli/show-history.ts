import { GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import { runKey } from '../shared/runs/ledger-keys.ts';
import { runRecord } from '../shared/runs/run-record.ts';
import { type Cli, printJson } from './cli.ts';
import { CommandError, exitCodes } from './command-error.ts';
import { findRunId, noSuchRun } from './open-ledger.ts';
import { openProject } from './open-project.ts';
import { table } from './render/table.ts';
import { openSession, type Session } from './session.ts';

/** Prints the execution's history. It is the service's, so a runtime has to be asked for it. @throws {CommandError} */
export async function showHistory(cli: Cli, name: string, json: boolean): Promise<void> {
  const session = await openSession(await openProject(cli));
  try {
    const id = await findRunId(session.system.ledger, name);
    const item = await session.system.ledger.get(runKey(id));
    if (item === undefined) throw noSuchRun(id);
    const { executionArn } = runRecord.parse(item.value);
    if (executionArn === undefined) throw new CommandError(exitCodes.notFound, `the run ${id} has no execution yet`);
    const events = await readHistory(session, executionArn);
    if (json) printJson(cli, { executionArn, events });
    else cli.terminal.out(historyTable(events).join('\n'));
  } finally {
    await session.close();
  }
}

async function readHistory({ system }: Session, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await system.sfn.send(
      new GetExecutionHistoryCommand({
        executionArn,
        maxResults: 1000,
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}

function historyTable(events: readonly HistoryEvent[]): string[] {
  const right = 'right' as const;
  const begin = events[0]?.timestamp?.getTime() ?? 0;
  const rows = events.map((event) => [
    String(event.id ?? ''),
    `+${(((event.timestamp?.getTime() ?? begin) - begin) / 1000).toFixed(3)}s`,
    event.type ?? '',
    subject(event),
  ]);
  return table(
    [{ title: 'ID', align: right }, { title: 'TIME', align: right }, { title: 'EVENT' }, { title: 'OF' }],
    rows,
  );
}

function subject(event: HistoryEvent): string {
  return (
    event.stateEnteredEventDetails?.name ??
    event.stateExitedEventDetails?.name ??
    event.taskFailedEventDetails?.error ??
    event.taskScheduledEventDetails?.resource ??
    event.executionFailedEventDetails?.error ??
    ''
  );
}
