import { stoppedRun } from '../../shared/api/operations/stop-run.ts';
import { bulkStop, planBulkStop } from '../../shared/use-cases/requests/bulk-stop.ts';
import { stopRun } from '../../shared/use-cases/requests/stop-run.ts';
import { bulkDone, bulkPlan } from '../../shared/views/runs/bulk-view.ts';
import { findRunId, noSuchRun } from '../open/open-ledger.ts';
import { openDeployed } from '../open/open-project.ts';
import { openSession } from '../open/session.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { addActingOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type Cli, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { watchRun } from '../watch/watch-run.ts';
import { actOnSelection, addSelection, type SelectionOptions, selectionBody, selectionOf } from './selection.ts';

export const stop: Register = (program, cli) => {
  const summary = 'stop a run and its jobs, and wait until they have stopped';
  addSelection(addActingOptions(addCommand(program, 'stop', summary, 'stop latest')))
    .argument('[run]', 'its id, or latest; without one, all live runs that the filters select')
    .option('--plan', 'without a run: only show which would be stopped')
    .action(async (name: string | undefined, options: SelectionOptions & StageOptions) => {
      const { terminal } = cli;
      if (name === undefined) return stopMany(cli, options);
      const stage = await openStage(cli, options);
      if (stage !== undefined) return stopOnStage(cli, stage, name, options.json === true);
      const session = await openSession(await openDeployed(cli));
      try {
        const id = await findRunId(session.system.ledger, name);
        const before = await session.readRun(id);
        if (before === undefined || (await stopRun(session.system, id)) === undefined) throw noSuchRun(name);
        if (before.settled) {
          if (options.json) printJson(cli, before);
          else terminal.out(`${id} has already ended with status ${before.status}`);
          return;
        }
        if (!options.json) terminal.err('stopping; a job that does not end is killed after ten seconds');
        const run = await watchRun(options.json ? silent(cli) : terminal, {
          read: () => session.readRun(id),
          now: session.system.clock,
        });
        await session.awaitExecution(id);
        if (options.json) printJson(cli, run);
        else terminal.out('none of its jobs is running');
      } finally {
        await session.close();
      }
    });
};

async function stopMany(cli: Cli, options: SelectionOptions & StageOptions): Promise<void> {
  const selection = selectionOf(options, Date.now());
  const stage = await openStage(cli, options);
  if (stage !== undefined) {
    const body = selectionBody(selection);
    const plan = async () => (await stage.plan('/stops/plan', bulkPlan, body)).view;
    const act = async (digest: string) => (await stage.post('/stops', bulkDone, { ...body, plan: digest })).view;
    return actOnSelection(cli, { done: 'stopping', plan, act }, options);
  }
  const session = await openSession(await openDeployed(cli));
  const plan = () => planBulkStop(session.system, selection);
  const act = async (digest: string) => {
    const answer = await bulkStop(session.system, selection, { digest });
    if (answer.is === 'refused') throw new CommandError(exitCodes.usage, 'the plan has changed: repeat the command');
    for (const { run } of answer.view.done)
      await watchRun(silent(cli), { read: () => session.readRun(run), now: Date.now });
    return answer.view;
  };
  try {
    await actOnSelection(cli, { done: 'stopped', plan, act }, options);
  } finally {
    await session.close();
  }
}

/** Waits for the end, and shows no progress. */
function silent({ terminal }: Cli): Terminal {
  return { ...terminal, redraw: () => undefined };
}

/** The API of a stage is asked less often than the local ledger. */
const everyMilliseconds = 1_000;

async function stopOnStage(cli: Cli, stage: Stage, name: string, json: boolean): Promise<void> {
  const { terminal } = cli;
  const id = await stage.runId(name);
  const path = `/runs/${encodeURIComponent(id)}`;
  const read = () => stage.readRun(id);
  const before = await read();
  if (before.settled) {
    if (json) printJson(cli, before);
    else terminal.out(`${id} has already ended with status ${before.status}`);
    return;
  }
  await stage.post(`${path}/stop`, stoppedRun);
  const shown = json ? silent(cli) : terminal;
  const run = await watchRun(shown, { read, now: Date.now, everyMilliseconds });
  if (json) printJson(cli, run);
  else terminal.out('none of its jobs is running');
}
