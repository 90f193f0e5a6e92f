import * as z from 'zod/mini';
import { type RunStatus, runRecord } from '../../shared/runs/run-record.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../cli.ts';
import { CommandError, exitCodes } from '../command-error.ts';
import { openLedger } from '../open-ledger.ts';
import { findProjectRoot } from '../project-root.ts';
import { listRuns, whyItWaits } from '../read-run.ts';
import { duration } from '../render/duration.ts';
import { table } from '../render/table.ts';
import { runStatus } from '../render/task-state.ts';
import { timestamp } from '../render/timestamp.ts';

const runEntry = z.pick(runRecord, {
  id: true,
  pipeline: true,
  status: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  rerunOf: true,
});

export const runs: Register = (program, cli) => {
  addCommand(program, 'runs', 'list the runs, the newest first', 'runs airport-safety --limit 5')
    .argument('[pipeline]', 'only its runs')
    .option('--limit <number>', 'at most so many', '20')
    .action(async (pipeline: string | undefined, options: JsonOption & { limit: string }) => {
      const { terminal } = cli;
      const limit = Number(options.limit);
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > 1000) {
        throw new CommandError(exitCodes.usage, '--limit takes a whole number from 1 to 1000');
      }
      const open = openLedger(findProjectRoot(terminal).home);
      const found = open === undefined ? [] : await listRuns(open.ledger, limit, pipeline);
      const entries = await Promise.all(
        found.map(async (value) => {
          const entry = runEntry.parse(value);
          return { ...entry, ...(open === undefined ? {} : await whyItWaits(open.ledger, entry)) };
        }),
      );
      open?.close();
      if (options.json) return printJson(cli, { runs: entries });
      if (entries.length === 0) return terminal.out('no runs yet');
      const rows = entries.map(({ id, pipeline, status, createdAt, startedAt, endedAt, waits }) => [
        id,
        pipeline,
        runStatus(terminal, status),
        timestamp(startedAt ?? createdAt),
        waits === undefined ? time(status, startedAt ?? createdAt, endedAt) : `waits: ${waits}`,
      ]);
      const titles = ['RUN', 'PIPELINE', 'STATUS', 'STARTED', 'TIME'].map((title) => ({ title }));
      terminal.out(table(titles, rows).join('\n'));
    });
};

function time(status: RunStatus, start: number, end: number | undefined): string {
  if (status === 'PENDING' || status === 'QUEUED') return '';
  return duration((end ?? Date.now()) - start);
}
