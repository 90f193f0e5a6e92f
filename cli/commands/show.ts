import { readRun } from '../../shared/views/run/read-run.ts';
import { runView } from '../../shared/views/run/run-view.ts';
import { isIdle } from '../open/is-idle.ts';
import { findRunId, noSuchRun, openKnownLedger } from '../open/open-ledger.ts';
import { readPipelines } from '../open/open-project.ts';
import { showHistory } from '../open/show-history.ts';
import { showLines } from '../render/show-lines.ts';
import { openStage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { watchUntilOver } from '../watch/watch-until-over.ts';

export const show: Register = (program, cli) => {
  addStageOptions(addCommand(program, 'show', 'show a run: its tasks, their times, and what went wrong', 'show latest'))
    .argument('<run>', 'its id, or latest')
    .option('--watch', 'show changes until it is over')
    .option('--history', 'show the history of its execution in Step Functions')
    .action(async (name: string, options: JsonOption & StageOptions & { history?: true; watch?: true }) => {
      const { terminal } = cli;
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        if (options.history)
          throw new CommandError(
            exitCodes.usage,
            '--history works only for runs on this machine: see the console of Step Functions',
          );
        if (options.watch) {
          const id = await stage.runId(name);
          return watchUntilOver(cli, { read: () => stage.readRun(id), everyMilliseconds: 2_000, json: options.json });
        }
        const { view, text } = await stage.get(`/runs/${encodeURIComponent(await stage.runId(name))}`, runView);
        return terminal.out(options.json ? text : showLines(terminal, view, Date.now()).join('\n'));
      }
      if (options.history) return showHistory(cli, name, options.json === true);
      const { home, pipelines } = await readPipelines(terminal);
      const { ledger, close } = openKnownLedger(home);
      try {
        const id = await findRunId(ledger, name);
        const run = await readRun(ledger, id, pipelines);
        if (run === undefined) throw noSuchRun(name);
        if (options.watch) {
          const read = () => readRun(ledger, id, pipelines);
          return await watchUntilOver(cli, { read, everyMilliseconds: 300, json: options.json });
        }
        if (options.json) return printJson(cli, run);
        terminal.out(showLines(terminal, run, Date.now(), isIdle(home, run)).join('\n'));
      } finally {
        close();
      }
    });
};
