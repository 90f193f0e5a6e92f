import { type RunAnswer, startRun } from '../../shared/actors/start-run.ts';
import { startedRun } from '../../shared/api/kit/start-shape.ts';
import { present } from '../../shared/json.ts';
import { hasEnded } from '../../shared/runs/run/run-record.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { openSession, type Session } from '../open/session.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { addActingOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, assertHere, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { collect } from '../terminal/collect.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { intervalFor, intervalHelp, writtenInterval } from '../terminal/interval-option.ts';
import { awaitRun, whySkipped } from '../watch/await-run.ts';
import { watchUntilOver } from '../watch/watch-until-over.ts';

export type RunOptions = JsonOption & { readonly detach?: true };

export const run: Register = (program, cli) => {
  const summary = 'run a pipeline, and show it until its end';
  addActingOptions(addCommand(program, 'run', summary, 'run airport-safety --param day=2026-11-22'))
    .argument('<pipeline>', 'its name')
    .option(
      '-p, --param <name=value>',
      'a parameter’s value; for objects and lists as JSON',
      collect('--param', 'NAME=VALUE'),
      {},
    )
    .option('--interval <interval>', intervalHelp)
    .option('--detach', 'do not wait for the end; on this machine, only while gluewright dev runs')
    .action(async (pipeline: string, options: StartOptions & StageOptions) => {
      const stage = await openStage(cli, options);
      if (stage !== undefined) return startOnStage(cli, stage, pipeline, options);
      await startAndFollow(cli, pipeline, options);
    });
};

export type StartOptions = RunOptions & { readonly param: Record<string, string>; readonly interval?: string };

async function startOnStage(
  cli: Cli,
  stage: Stage,
  pipeline: string,
  { param, interval, json, detach }: StartOptions,
): Promise<void> {
  const body = {
    ...(Object.keys(param).length === 0 ? {} : { params: param }),
    ...(interval === undefined ? {} : { interval: writtenInterval(interval) }),
  };
  const { view, text } = await stage.post(`/pipelines/${encodeURIComponent(pipeline)}/runs`, startedRun, body);
  await followOnStage(cli, stage, view.run, { text, json, detach });
}

/** Shows a run of a stage until its end, unless it is detached. `text`: the API's answer to its start. */
export async function followOnStage(
  cli: Cli,
  stage: Stage,
  run: string,
  { text, json, detach }: { readonly text: string; readonly json: true | undefined; readonly detach: true | undefined },
): Promise<void> {
  if (!detach) return watchUntilOver(cli, { read: () => stage.readRun(run), everyMilliseconds: 2_000, json });
  cli.terminal.out(json ? text : `${run} started; follow it with npx gluewright show ${run}`);
}

/** Starts a run of the project's pipeline, and shows it until its end. */
export async function startAndFollow(cli: Cli, pipeline: string, options: StartOptions): Promise<void> {
  assertHere(cli, 'run');
  const project = await openProject(cli);
  const interval = intervalFor(options.interval, findPipeline(project, pipeline).pipeline);
  const session = await openSession(project, options);
  const { system } = session;
  try {
    await session.assertDeployed(pipeline);
    const cause = `cli-${new Date(system.clock()).toISOString().replace(/[:.]/g, '-').replace('Z', '')}`;
    const asked = { pipeline, cause, trigger: { kind: 'cli' }, params: options.param, ...interval };
    const answer = await startRun(system, asked);
    await followRun(cli, session, startedId(answer), options);
  } finally {
    await session.close();
  }
}

/** Shows a run until its end, unless it is detached. */
export async function followRun(
  cli: Cli,
  session: Session,
  id: string,
  options: RunOptions,
  again = false,
): Promise<void> {
  if (!options.detach) {
    await awaitRun(cli, session, id, options.json === true);
    return;
  }
  const run = await session.readRun(id);
  if (options.json) printJson(cli, { run: id, ...present({ pipeline: run?.pipeline, status: run?.status }), again });
  if (run === undefined || !hasEnded(run.status) || run.status === 'SUCCEEDED') {
    if (!options.json) cli.terminal.out(`${id} started; follow it with npx gluewright show ${id}`);
    return;
  }
  const why = run.status === 'SKIPPED' ? await whySkipped(session, run.pipeline) : (run.cause ?? run.error ?? '');
  throw new CommandError(exitCodes.failed, `${id} is ${run.status}${why === '' ? '' : `: ${why}`}`);
}

/** @throws {CommandError} */
export function startedId(answer: RunAnswer): string {
  if (answer.is === 'run') return answer.run.id;
  throw new CommandError(exitCodes.usage, answer.problems.join('\n  '));
}
