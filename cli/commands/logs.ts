import { existsSync, readFileSync } from 'node:fs';
import { runFolder } from '../../local/glue/processes/run-folder.ts';
import { readRun } from '../../shared/views/read-run.ts';
import type { RunView, TaskView } from '../../shared/views/run-view.ts';
import { lastBegun } from '../../shared/views/tries-again.ts';
import { findRunId, noSuchRun, openKnownLedger } from '../open/open-ledger.ts';
import { readPipelines } from '../open/open-project.ts';
import { addCommand, assertHere, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export const logs: Register = (program, cli) => {
  addCommand(program, 'logs', 'print what a task’s job wrote', 'logs latest strikes')
    .argument('<run>', 'its id, or latest')
    .argument('<task>', 'its name')
    .option('--attempt <number>', 'that attempt; the last one by default')
    .action(async (name: string, taskName: string, options: JsonOption & { attempt?: string }) => {
      assertHere(cli, 'logs');
      const { terminal } = cli;
      if (options.attempt !== undefined && !/^[1-9]\d*$/.test(options.attempt)) {
        throw new CommandError(exitCodes.usage, '--attempt takes a whole number from 1');
      }
      const { home, pipelines } = await readPipelines(terminal);
      const { ledger, close } = openKnownLedger(home);
      try {
        const run = await readRun(ledger, await findRunId(ledger, name), pipelines);
        if (run === undefined) throw noSuchRun(name);
        const { number, id } = findAttempt(run, findTask(run, taskName), options.attempt);
        const files = runFolder(home, id);
        const output = readLog(files.output);
        const error = readLog(files.error);
        if (options.json) {
          return printJson(cli, { run: run.id, task: taskName, attempt: number, id, output, error, files });
        }
        if (output !== '') terminal.out(output.trimEnd());
        if (error !== '') terminal.err(error.trimEnd());
        if (output === '' && error === '') terminal.err('the job wrote nothing');
      } finally {
        close();
      }
    });
};

function findTask(run: RunView, name: string): TaskView {
  const task = run.tasks.find((task) => task.name === name);
  if (task !== undefined) return task;
  const known = run.tasks.map((task) => task.name).join(', ');
  throw new CommandError(exitCodes.notFound, `the run has no task ${name}; it has ${known}`);
}

function findAttempt(run: RunView, task: TaskView, wanted: string | undefined): { number: number; id: string } {
  const asked = task.attempts.findLast(({ number }) => String(number) === wanted);
  const attempt = wanted === undefined ? lastBegun(task) : asked;
  if (attempt?.id !== undefined) return { number: attempt.number, id: attempt.id };
  if (task.kept && run.rerunOf !== undefined) {
    const message = `${task.name} was kept from an earlier run: npx gluewright logs ${run.rerunOf} ${task.name}`;
    throw new CommandError(exitCodes.notFound, message);
  }
  const which = wanted === undefined ? '' : ` in attempt ${wanted}`;
  throw new CommandError(exitCodes.notFound, `the task ${task.name} has started no job${which}; it is ${task.state}`);
}

function readLog(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
