import { userInfo } from 'node:os';
import { decidedTask } from '../../shared/api/operations/decide-task.ts';
import { present } from '../../shared/json.ts';
import { decide } from '../../shared/use-cases/requests/decide.ts';
import { findRunId } from '../open/open-ledger.ts';
import { openDeployed } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { openStage } from '../stage/stage.ts';
import { addActingOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

type Options = JsonOption & StageOptions & { readonly note?: string };

export const approve: Register = (program, cli) => decides(program, cli, true);
export const reject: Register = (program, cli) => decides(program, cli, false);

function decides(...[program, cli, approved]: [...Parameters<Register>, boolean]): void {
  const command = approved ? 'approve' : 'reject';
  const summary = approved ? 'approve a waiting task' : 'reject a waiting task: the task fails';
  addActingOptions(addCommand(program, command, summary, `${command} latest publish`))
    .argument('<run>', 'its id, or latest')
    .argument('<task>', 'the task that waits')
    .option('--note <text>', 'a note to keep with the decision')
    .action(async (run: string, task: string, { note, ...options }: Options) => {
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const id = await stage.runId(run);
        const path = `/runs/${encodeURIComponent(id)}/tasks/${encodeURIComponent(task)}/decision`;
        const { view, text } = await stage.post(path, decidedTask, { approve: approved, ...present({ note }) });
        return cli.terminal.out(options.json ? text : said(view));
      }
      const session = await openSession(await openDeployed(cli));
      try {
        const id = await findRunId(session.system.ledger, run);
        const by = userInfo().username;
        const answer = await decide(session.system, { run: id, task }, { approve: approved, by, ...present({ note }) });
        if (answer.is !== 'decided') throw new CommandError(exitCodes.failed, answer.problems.join('; '));
        const view = { run: id, task, attempt: answer.attempt, approved, by };
        if (options.json) printJson(cli, view);
        else cli.terminal.out(said(view));
      } finally {
        await session.close();
      }
    });
}

function said({ run, task, approved, by }: { run: string; task: string; approved: boolean; by: string }): string {
  return `${task} of ${run} is ${approved ? 'approved' : 'rejected'} by ${by}`;
}
