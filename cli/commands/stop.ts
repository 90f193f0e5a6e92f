import { stoppedRun } from '../../shared/api/operations/stop-run.ts';
import { stopRun } from '../../shared/use-cases/stop-run.ts';
import { runView } from '../../shared/views/run-view.ts';
import { findRunId, noSuchRun } from '../open/open-ledger.ts';
import { openDeployed } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { addStageOptions, openStage, type Stage, type StageOptions } from '../open/stage.ts';
import { addCommand, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { watchRun } from '../watch/watch-run.ts';

export const stop: Register = (program, cli) => {
  addStageOptions(addCommand(program, 'stop', 'stop a run and its jobs, and see that they have stopped', 'stop latest'))
    .argument('<run>', 'its id, or latest')
    .action(async (name: string, options: JsonOption & StageOptions) => {
      const { terminal } = cli;
      const stage = await openStage(cli, options);
      if (stage !== undefined) return stopOnStage(cli, stage, name, options.json === true);
      const session = await openSession(await openDeployed(cli));
      try {
        const id = await findRunId(session.system.ledger, name);
        const before = await session.readRun(id);
        if (before === undefined || (await stopRun(session.system, id)) === undefined) throw noSuchRun(name);
        if (before.settled) {
          if (options.json) printJson(cli, before);
          else terminal.out(`${id} is over already: it is ${before.status}`);
          return;
        }
        if (!options.json) terminal.err('stopping; a job that does not end is killed after ten seconds');
        const run = await watchRun(options.json ? { ...terminal, redraw: () => undefined } : terminal, {
          read: () => session.readRun(id),
          now: session.system.clock,
        });
        await session.awaitExecution(id);
        if (options.json) printJson(cli, run);
        else terminal.out('nothing of it goes on');
      } finally {
        await session.close();
      }
    });
};

/** An API is asked less often than a file. */
const frameMilliseconds = 1_000;

async function stopOnStage(cli: Cli, stage: Stage, name: string, json: boolean): Promise<void> {
  const { terminal } = cli;
  const id = await stage.runId(name);
  const path = `/runs/${encodeURIComponent(id)}`;
  const read = async () => (await stage.get(path, runView)).view;
  const before = await read();
  if (before.settled) {
    if (json) printJson(cli, before);
    else terminal.out(`${id} is over already: it is ${before.status}`);
    return;
  }
  await stage.post(`${path}/stop`, stoppedRun);
  const shown = json ? { ...terminal, redraw: () => undefined } : terminal;
  const run = await watchRun(shown, { read, now: Date.now, frameMilliseconds });
  if (json) printJson(cli, run);
  else terminal.out('nothing of it goes on');
}
