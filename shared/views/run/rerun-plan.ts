import type { RerunPlan } from '../../runs/run/plan-rerun.ts';
import { duration } from '../duration.ts';
import type { RunRecords } from './read-run-records.ts';
import type { PlannedTask } from './rerun-view.ts';

/** What a rerun would do, task by task, in the order of the plan. */
export function plannedTasks(
  plan: RerunPlan & { readonly problems?: undefined },
  details: Pick<RunRecords, 'tasks'>,
): PlannedTask[] {
  const records = new Map(details.tasks.map((record) => [record.task, record]));
  const took = (name: string): { readonly tookLast?: number } => {
    const record = records.get(name);
    if (record === undefined) return {};
    // Glue's `ExecutionTime` is in whole seconds
    const times = [...record.earlier, record.attempt].flatMap(({ times }) =>
      times?.startedOn === undefined || times.completedOn === undefined ? [] : times.completedOn - times.startedOn,
    );
    return times.length === 0 ? {} : { tookLast: times.reduce((sum, milliseconds) => sum + milliseconds, 0) };
  };
  return [
    ...plan.run.map((name) => ({
      name,
      does: 'run' as const,
      ...(plan.resumes.includes(name) ? { resumes: true as const } : {}),
      ...took(name),
    })),
    ...Object.entries(plan.keep).map(([name, { status }]) => ({ name, does: 'keep' as const, status, ...took(name) })),
  ];
}

export function planRows(tasks: readonly PlannedTask[]): readonly (readonly string[])[] {
  return tasks.map(({ name, does, resumes, status, tookLast }) => [
    name,
    does === 'keep' ? `is kept as ${status}` : resumes ? 'runs what failed in it' : 'runs',
    tookLast === undefined ? '' : duration(tookLast),
  ]);
}
