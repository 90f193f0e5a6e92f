import { isFailed } from '../../model/join-rule.ts';
import type { Pipeline, Task } from '../../model/pipeline.ts';
import type { Outcome, Outcomes } from '../../protocol/outcome.ts';
import { kindOf } from '../../tasks/kinds.ts';

/**
 * What to run again. `from`, `failed`, `only` and `all` select tasks; `skip` and `markSucceeded` exclude tasks,
 * whatever the others say.
 */
export type RerunHow = {
  /** These tasks and all tasks after them. */
  readonly from?: readonly string[];
  /** Tasks that failed or did not run, and all tasks after them. The default. */
  readonly failed?: true;
  /** Every task. */
  readonly all?: true;
  /** Only these tasks. */
  readonly only?: readonly string[];
  /** Not run: they count as skipped. */
  readonly skip?: readonly string[];
  /** Not run: they count as succeeded, with the output that they had, if any. */
  readonly markSucceeded?: readonly string[];
};

export type RerunPlan =
  | {
      readonly run: readonly string[];
      /** Of these, the tasks whose own runs of other pipelines go on from where they failed. */
      readonly resumes: readonly string[];
      readonly keep: Outcomes;
      readonly problems?: undefined;
    }
  | { readonly problems: readonly string[] };

/** Plans which tasks of the current definition run again, given how an earlier run ended. */
export function planRerun(pipeline: Pipeline, outcomes: Outcomes, how: RerunHow): RerunPlan {
  const { from, only, skip = [], markSucceeded = [] } = how;
  const names = new Set(pipeline.tasks.map((task) => task.name));
  const said = new Set([...(from ?? []), ...(only ?? []), ...skip, ...markSucceeded]);
  const unknown = [...said].filter((name) => !names.has(name));
  const twice = skip.filter((name) => markSucceeded.includes(name));
  const problems = [
    ...unknown.map((name) => `${pipeline.name} has no task ${name}; it has ${[...names].join(', ')}`),
    ...twice.map((name) => `${name} is to be skipped and to be marked as succeeded: say one of them`),
  ];

  const failed = how.failed === true || (from === undefined && only === undefined);
  const undone = pipeline.tasks
    .map((task) => task.name)
    .filter((name) => {
      const outcome = outcomes[name];
      if (how.all) return true;
      return outcome === undefined ? failed || from !== undefined : failed && isFailed(outcome);
    });
  const again = withDownstream(pipeline, [...(from ?? []), ...undone]);
  for (const name of only ?? []) again.add(name);
  for (const name of [...skip, ...markSucceeded]) again.delete(name);

  const run = pipeline.tasks.map((task) => task.name).filter((name) => again.has(name));
  if (problems.length === 0 && run.length === 0) problems.push('there is nothing to run again');
  if (problems.length > 0) return { problems };

  const kept = pipeline.tasks.flatMap(({ name, tolerate }): [string, Outcome][] => {
    if (again.has(name)) return [];
    const before = outcomes[name];
    const output = before?.output === undefined ? {} : { output: before.output };
    if (markSucceeded.includes(name)) return [[name, { status: 'succeeded', kept: true, ...output }]];
    if (skip.includes(name) || before === undefined) return [[name, { status: 'skipped', kept: true }]];
    const { tolerated: _, ...outcome } = before;
    // by the current definition; a stopped run never evaluated the conditions of the tasks it did not reach
    return [[name, { ...outcome, kept: true, ...(tolerate && isFailed(before) ? { tolerated: true } : {}) }]];
  });
  const named = new Set([...(how.all ? names : []), ...(from ?? []), ...(only ?? [])]);
  const resumes = pipeline.tasks.filter(
    (task) => !named.has(task.name) && task.after.every((other) => !again.has(other)) && resumesIn(task, outcomes),
  );
  return {
    run,
    resumes: resumes.map(({ name }) => name).filter((name) => again.has(name)),
    keep: Object.fromEntries(kept),
  };
}

/** Whether its runs of other pipelines have failed. A run that was never started begins anew. */
function resumesIn({ name, work }: Task, outcomes: Outcomes): boolean {
  const outcome = outcomes[name];
  if (outcome === undefined || kindOf(work.kind).nested === undefined) return false;
  return isFailed(outcome) && outcome.status !== 'upstream_failed';
}

function withDownstream({ tasks }: Pipeline, names: readonly string[]): Set<string> {
  const reached = new Set(names);
  // a task may precede its upstream tasks in the file, so repeat until nothing is added
  for (let size = -1; size < reached.size; ) {
    size = reached.size;
    for (const { name, after } of tasks) if (after.some((other) => reached.has(other))) reached.add(name);
  }
  return reached;
}
