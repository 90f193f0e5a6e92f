import { createJobLogs } from '../../local/glue/processes/job-logs.ts';
import { readLogOf } from '../../shared/use-cases/requests/read-log.ts';
import { logView } from '../../shared/views/run/log-view.ts';
import { readRun } from '../../shared/views/run/read-run.ts';
import { findRunId, noSuchRun, openKnownLedger } from '../open/open-ledger.ts';
import { readPipelines } from '../open/open-project.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { type Logs, type LogsAsked, printLogs } from '../watch/print-logs.ts';

type LogsOptions = JsonOption &
  StageOptions & {
    readonly attempt?: string;
    readonly lines?: string;
    readonly search?: string;
    readonly follow?: true;
  };

export const logs: Register = (program, cli) => {
  addStageOptions(addCommand(program, 'logs', 'print the output of a task’s job', 'logs latest strikes'))
    .argument('<run>', 'its id, or latest')
    .argument('<task>', 'its name')
    .option('--attempt <number>', 'the attempt; the last one by default')
    .option('--lines <number>', 'only this many of the last lines')
    .option('--search <text>', 'only lines that contain this text')
    .option('-f, --follow', 'follow the log until the task has ended')
    .action(async (name: string, task: string, options: LogsOptions) => {
      const asked = askedFor(task, options);
      const stage = await openStage(cli, options);
      if (stage !== undefined) return printLogs(cli, onStage(stage), await stage.runId(name), asked);
      const { home, pipelines } = await readPipelines(cli.terminal);
      const { ledger, close } = openKnownLedger(home);
      try {
        const files = createJobLogs(home);
        const here: Logs = {
          async readRun(id) {
            const run = await readRun(ledger, id, pipelines);
            if (run === undefined) throw noSuchRun(name);
            return run;
          },
          read: (run, of, attempt, page) => readLogOf(files, { run, task: of }, attempt, page),
          everyMilliseconds: 300,
        };
        await printLogs(cli, here, await findRunId(ledger, name), asked);
      } finally {
        close();
      }
    });
};

function onStage(stage: Stage): Logs {
  return {
    readRun: (id) => stage.readRun(id),
    async read(run, task, { number }, { from, limit, search, cursor }) {
      const query = new URLSearchParams({ attempt: String(number), from, limit: String(limit) });
      if (search !== undefined) query.set('search', search);
      if (cursor !== undefined) query.set('cursor', cursor);
      const path = `/runs/${encodeURIComponent(run)}/tasks/${encodeURIComponent(task)}/log?${query}`;
      try {
        return (await stage.get(path, logView)).view;
      } catch (error) {
        if (error instanceof CommandError && error.exitCode === exitCodes.notFound) return undefined;
        throw error;
      }
    },
    everyMilliseconds: 2_000,
  };
}

/** @throws {CommandError} */
function askedFor(task: string, { attempt, lines, search, follow, json }: LogsOptions): LogsAsked {
  const whole = (option: string, text: string): number => {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw new CommandError(exitCodes.usage, `${option} takes a whole number from 1`);
  };
  return {
    task,
    follow: follow === true,
    json: json === true,
    ...(attempt === undefined ? {} : { attempt: whole('--attempt', attempt) }),
    ...(lines === undefined ? {} : { lines: whole('--lines', lines) }),
    ...(search === undefined || search === '' ? {} : { search }),
  };
}
