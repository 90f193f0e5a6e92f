import * as z from 'zod/mini';
import { runRecord } from '../../shared/runs/run/run-record.ts';
import { duration } from '../../shared/views/duration.ts';
import { listRuns, whyItWaits } from '../../shared/views/read-run.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { table } from '../render/table.ts';
import { runStatus } from '../render/task-state.ts';
import { timestamp } from '../render/timestamp.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

const runEntry = z.pick(runRecord, {
  id: true,
  pipeline: true,
  status: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  rerunOf: true,
  late: true,
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
      if (pipeline !== undefined && entries.length === 0) findPipeline(await openProject(cli), pipeline);
      if (options.json) return printJson(cli, { runs: entries });
      if (entries.length === 0) return terminal.out('no runs yet');
      const rows = entries.map(({ id, pipeline, status, startedAt, endedAt, late, waits }) => [
        id,
        pipeline,
        runStatus(terminal, { status, late }),
        startedAt === undefined ? (endedAt === undefined ? 'not yet' : 'never') : timestamp(startedAt),
        waits === undefined ? time(startedAt, endedAt) : `waits: ${waits}`,
      ]);
      const titles = ['RUN', 'PIPELINE', 'STATUS', 'STARTED', 'TIME'].map((title) => ({ title }));
      terminal.out(table(titles, rows).join('\n'));
    });
};

function time(start: number | undefined, end: number | undefined): string {
  return start === undefined ? '' : duration((end ?? Date.now()) - start);
}
