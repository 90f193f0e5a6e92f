import { startedRun } from '../../shared/api/kit/start-shape.ts';
import { present } from '../../shared/json.ts';
import type { RerunHow } from '../../shared/runs/run/plan-rerun.ts';
import { bulkRerun, planBulkRerun } from '../../shared/use-cases/requests/bulk-rerun.ts';
import { planRerunOf, rerun as rerunRun } from '../../shared/use-cases/requests/rerun.ts';
import { planRows } from '../../shared/views/run/rerun-plan.ts';
import { type PlannedTask, rerunPlan } from '../../shared/views/run/rerun-view.ts';
import { bulkDone, bulkPlan } from '../../shared/views/runs/bulk-view.ts';
import { findRunId } from '../open/open-ledger.ts';
import { findPipeline, openDeployed, openProject } from '../open/open-project.ts';
import { openSession, type Session } from '../open/session.ts';
import { table } from '../render/table.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { addActingOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type Cli, printJson, type Register } from '../terminal/cli.ts';
import { collect } from '../terminal/collect.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { intervalOf, writtenInterval } from '../terminal/interval-option.ts';
import { followOnStage, followRun, type RunOptions } from './run.ts';
import { actOnSelection, addSelection, type SelectionOptions, selectionBody, selectionOf } from './selection.ts';

type RerunOptions = RunOptions &
  StageOptions &
  SelectionOptions & {
    readonly failed?: true;
    readonly all?: true;
    readonly from?: string[];
    readonly only?: string[];
    readonly skip?: string[];
    readonly succeeded?: string[];
    readonly param: Readonly<Record<string, string>>;
    readonly interval?: string;
    readonly key?: string;
  };

export const rerun: Register = (program, cli) => {
  const command = addCommand(program, 'rerun', 'rerun a run, and keep what has succeeded', 'rerun latest --failed');
  addSelection(addActingOptions(command))
    .argument('[run]', 'its id, or latest; without one, all runs that the filters select')
    .option('--failed', 'tasks that failed or did not run, and the tasks after them')
    .option('--all', 'every task')
    .option('--from <task...>', 'these tasks and the tasks after them')
    .option('--only <task...>', 'only these tasks')
    .option('--skip <task...>', 'do not run these tasks: they count as skipped')
    .option('--succeeded <task...>', 'do not run these tasks: they count as succeeded')
    .option('-p, --param <name=value>', 'override a parameter', collect('--param', 'NAME=VALUE'), {})
    .option('--interval <interval>', 'override the interval: START/END, or a day, hour … of the pipeline’s schedule')
    .option('--key <text>', 'an idempotency key: the same key makes no second rerun')
    .option('--plan', 'only show what would run, what would be kept, and how long it took last time')
    .option('--detach', 'do not wait for the end; on this machine, only while gluewright dev runs')
    .action(async (name: string | undefined, options: RerunOptions) => {
      const how = planOf(options);
      if (name === undefined) return rerunMany(cli, how, options);
      const stage = await openStage(cli, options);
      if (stage !== undefined) return rerunOnStage(cli, stage, name, how, options);
      const project = await openProject(cli);
      const session = await openSession(project, options);
      try {
        const id = await findRunId(session.system.ledger, name);
        const before = await session.readRun(id);
        const done = before?.status === 'SUCCEEDED' && how.failed ? `: ${id} SUCCEEDED; use --from TASK or --all` : '';
        if (options.plan) return await showPlan(cli, session, id, how, options);
        if (before !== undefined) await session.assertDeployed(before.pipeline);
        const interval =
          before === undefined ? {} : intervalOf(options.interval, findPipeline(project, before.pipeline).pipeline);
        const answer = await rerunRun(session.system, id, { ...how, params: options.param, ...interval }, options.key);
        if (answer.is === 'refused') throw new CommandError(exitCodes.usage, answer.problems.join('\n  ') + done);
        await followRun(cli, session, answer.run.id, options, answer.again);
      } finally {
        await session.close();
      }
    });
};

/** Requests the plan, and then acts on it by its digest. */
async function rerunOnStage(
  cli: Cli,
  stage: Stage,
  name: string,
  how: RerunHow,
  { plan, json, param, interval, key, detach }: RerunOptions,
): Promise<void> {
  const { terminal } = cli;
  const path = `/runs/${encodeURIComponent(await stage.runId(name))}/rerun`;
  const planned = await stage.plan(`${path}-plan`, rerunPlan, how);
  if (!json) terminal.out(planTable(planned.view.tasks));
  else if (plan) terminal.out(planned.text);
  if (plan) return;
  const body = {
    ...how,
    plan: planned.view.digest,
    ...(Object.keys(param).length === 0 ? {} : { params: param }),
    ...(interval === undefined ? {} : { interval: writtenInterval(interval) }),
  };
  const { view, text } = await stage.post(path, startedRun, body, key);
  await followOnStage(cli, stage, view.run, { text, json, detach });
}

async function rerunMany(cli: Cli, how: RerunHow, options: RerunOptions): Promise<void> {
  const selection = selectionOf(options, Date.now());
  const done = 'run again';
  const stage = await openStage(cli, options);
  if (stage !== undefined) {
    const body = { ...selectionBody(selection), ...how };
    const plan = async () => (await stage.plan('/reruns/plan', bulkPlan, body)).view;
    const act = async (digest: string) =>
      (await stage.post('/reruns', bulkDone, { ...body, plan: digest }, options.key)).view;
    return actOnSelection(cli, { done, plan, act }, options);
  }
  const project = await openDeployed(cli);
  if (options.pipeline !== undefined) findPipeline(project, options.pipeline);
  // started runs continue after this command
  const session = await openSession(project, options.plan ? {} : { detach: true });
  const { system } = session;
  const plan = async () => (await planBulkRerun(system, selection, how)).view;
  const act = async (digest: string) => {
    const answer = await bulkRerun(system, selection, how, { digest, ...present({ key: options.key }) });
    if (answer.is === 'refused') throw new CommandError(exitCodes.usage, 'the plan has changed: repeat the command');
    return answer.view;
  };
  try {
    await actOnSelection(cli, { done, plan, act }, options);
  } finally {
    await session.close();
  }
}

function planTable(tasks: readonly PlannedTask[]): string {
  const columns = [{ title: 'TASK' }, { title: '' }, { title: 'LAST TIME', align: 'right' as const }];
  return table(columns, planRows(tasks)).join('\n');
}

async function showPlan(
  cli: Cli,
  { system }: Session,
  id: string,
  how: RerunHow,
  { json }: RerunOptions,
): Promise<void> {
  const planned = await planRerunOf(system, id, how);
  if (planned.problems !== undefined) throw new CommandError(exitCodes.usage, planned.problems.join('\n  '));
  if (json) return printJson(cli, planned.view);
  cli.terminal.out(planTable(planned.view.tasks));
}

/** At most one option selects the tasks to run. Those not to run may be given with it. */
function planOf({ failed, all, from, only, skip, succeeded }: RerunOptions): RerunHow {
  const said = [failed, all, from, only].filter((option) => option !== undefined).length;
  if (said > 1) throw new CommandError(exitCodes.usage, 'give only one of --failed, --all, --from and --only');
  if (said === 0 && skip === undefined && succeeded === undefined) {
    throw new CommandError(
      exitCodes.usage,
      'give the tasks to run: --failed, --all, --from TASK or --only TASK; or those not to run: --skip TASK or --succeeded TASK',
    );
  }
  return {
    ...present({ failed, all, from, only, skip, markSucceeded: succeeded }),
  };
}
