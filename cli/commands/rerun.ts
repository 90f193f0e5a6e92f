import { planRerunOf, rerun as rerunRun } from '../../shared/aws/rerun.ts';
import type { RerunHow } from '../../shared/runs/plan-rerun.ts';
import { addCommand, type Cli, printJson, type Register } from '../cli.ts';
import { CommandError, exitCodes } from '../command-error.ts';
import { findRunId } from '../open-ledger.ts';
import { openProject } from '../open-project.ts';
import { table } from '../render/table.ts';
import { plannedTasks, planRows } from '../rerun-plan.ts';
import { openSession, type Session } from '../session.ts';
import { collect, followRun, type RunOptions, startedId } from './run.ts';

type RerunOptions = RunOptions & {
  readonly failed?: true;
  readonly from?: string[];
  readonly only?: string[];
  readonly skip?: string[];
  readonly succeeded?: string[];
  readonly param: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly plan?: true;
};

export const rerun: Register = (program, cli) => {
  addCommand(program, 'rerun', 'run a run again, but keep what it has done', 'rerun latest --failed')
    .argument('<run>', 'its id, or latest')
    .option('--failed', 'what failed or did not come to its turn, and what comes after it')
    .option('--from <task...>', 'these tasks, and all that comes after them')
    .option('--only <task...>', 'these tasks, and nothing else')
    .option('--skip <task...>', 'pass these tasks by, as skipped')
    .option('--succeeded <task...>', 'pass these tasks by, as succeeded')
    .option('-p, --param <name=value>', 'a parameter that is another than before', collect, {})
    .option('--key <text>', 'the same key again makes no second rerun')
    .option('--plan', 'only say what would run, what would be kept, and how long it took last time')
    .option('--detach', 'do not wait for the end; only while gluewright dev runs')
    .action(async (name: string, options: RerunOptions) => {
      const how = planOf(options);
      const session = await openSession(await openProject(cli), options);
      try {
        const id = await findRunId(session.system.ledger, name);
        if (options.plan) return await showPlan(cli, session, id, how, options);
        const before = await session.readRun(id);
        if (before !== undefined) await session.assertDeployed(before.pipeline);
        const answer = await rerunRun(session.system, id, { ...how, params: options.param }, options.key);
        await followRun(cli, session, startedId(answer), options);
      } finally {
        await session.close();
      }
    });
};

async function showPlan(
  cli: Cli,
  { system }: Session,
  id: string,
  how: RerunHow,
  { json }: RerunOptions,
): Promise<void> {
  const planned = await planRerunOf(system, id, how);
  if (planned.problems !== undefined) throw new CommandError(exitCodes.usage, planned.problems.join('\n  '));
  const tasks = plannedTasks(planned.plan, planned.details);
  if (json) return printJson(cli, { rerunOf: id, tasks });
  const columns = [{ title: 'TASK' }, { title: '' }, { title: 'LAST TIME', align: 'right' as const }];
  cli.terminal.out(table(columns, planRows(tasks)).join('\n'));
}

/** What is to run is said once; what is not to run may be said with it. */
function planOf({ failed, from, only, skip, succeeded }: RerunOptions): RerunHow {
  const said = [failed, from, only].filter((option) => option !== undefined).length;
  if (said > 1) throw new CommandError(exitCodes.usage, 'say one of --failed, --from and --only');
  if (said === 0 && skip === undefined && succeeded === undefined) {
    throw new CommandError(exitCodes.usage, 'say what to run again: --failed, --from TASK, --only TASK or --skip TASK');
  }
  return {
    ...(failed === undefined ? {} : { failed }),
    ...(from === undefined ? {} : { from }),
    ...(only === undefined ? {} : { only }),
    ...(skip === undefined ? {} : { skip }),
    ...(succeeded === undefined ? {} : { markSucceeded: succeeded }),
  };
}
