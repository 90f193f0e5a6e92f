import { readRun } from '../../shared/views/run/read-run.ts';
import { whyRun, whyTask } from '../../shared/views/why/why.ts';
import { whyView } from '../../shared/views/why/why-view.ts';
import { isIdle } from '../open/is-idle.ts';
import { findRunId, noSuchRun, openKnownLedger } from '../open/open-ledger.ts';
import { readPipelines } from '../open/open-project.ts';
import { nothingRuns } from '../render/show-lines.ts';
import { openStage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export const why: Register = (program, cli) => {
  const summary = 'explain in one sentence why a run or task is not running, or not done';
  addStageOptions(addCommand(program, 'why', summary, 'why latest report'))
    .argument('<run>', 'its id, or latest')
    .argument('[task]', 'one of its tasks')
    .action(async (name: string, task: string | undefined, options: JsonOption & StageOptions) => {
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const query = task === undefined ? '' : `?task=${encodeURIComponent(task)}`;
        const id = encodeURIComponent(await stage.runId(name));
        const { view, text } = await stage.get(`/runs/${id}/why${query}`, whyView);
        return cli.terminal.out(options.json ? text : view.sentence);
      }
      const { home, pipelines } = await readPipelines(cli.terminal);
      const { ledger, close } = openKnownLedger(home);
      try {
        const run = await readRun(ledger, await findRunId(ledger, name), pipelines);
        if (run === undefined) throw noSuchRun(name);
        const view = run.tasks.find((each) => each.name === task);
        if (task !== undefined && view === undefined) {
          const names = run.tasks.map((each) => each.name).join(', ');
          throw new CommandError(exitCodes.notFound, `${run.id} has no task ${task}; it has ${names}`);
        }
        const found = view === undefined ? whyRun(run, Date.now()) : whyTask(run, view, Date.now());
        const idle = isIdle(home, run);
        if (options.json) return printJson(cli, found);
        cli.terminal.out(idle ? `${found.sentence}\n${nothingRuns}` : found.sentence);
      } finally {
        close();
      }
    });
};
