import { topologicalOrder } from '../../dag/topological-order.ts';
import { present } from '../../json.ts';
import { isFailed, judge } from '../../model/join-rule.ts';
import type { Task } from '../../model/pipeline.ts';
import type { LostErrors, Outcome, Outcomes } from '../../protocol/outcome.ts';
import { isTriedAgain, statusOfError } from '../../tasks/errors.ts';
import { errorsOf } from '../task/attempt.ts';
import type { TaskRecord } from '../task/task-record.ts';

/** What of a task's definition its outcome and its view need. */
export type RunTask = Pick<Task, 'name' | 'after' | 'when' | 'retry' | 'tolerate'>;

/** What is known of a run's tasks, besides their definition. */
export type TaskFacts = {
  readonly records: ReadonlyMap<string, TaskRecord>;
  /** Outcomes of the earlier run that this one continues. */
  readonly keep: Outcomes;
  /** The errors that only the state machine knows. Absent: the state machine did not reach its end. */
  readonly lost?: LostErrors;
  /** The definition may be another than the run was started with: nobody claims that a task of it has failed. */
  readonly inexact?: true;
  /** The run is over: nothing follows from anything any more, unless the state machine came to its end. */
  readonly over: boolean;
};

/** A state failed before it reached us, or was cut off, and the document had no room to say why. */
const stateFailed = 'Gluewright.StateFailed';

/**
 * How each task has ended, from everything the ledger knows. It has a record only of what was started: what became of
 * the others follows from the join rules. A task that is missing has not ended, or was not reached.
 */
export function taskOutcomes(tasks: readonly RunTask[], facts: TaskFacts): ReadonlyMap<string, Outcome> {
  const ends = new Map<string, Outcome>();
  const numberOf = new Map(tasks.map(({ name }, number) => [name, number]));
  const { order } = topologicalOrder(tasks.map(({ after }) => after.flatMap((name) => numberOf.get(name) ?? [])));
  for (const task of order.flatMap((number) => tasks[number] ?? [])) {
    const outcome = outcomeOf(task, facts, ends);
    if (outcome !== undefined) ends.set(task.name, outcome);
  }
  return ends;
}

function outcomeOf(task: RunTask, facts: TaskFacts, ends: ReadonlyMap<string, Outcome>): Outcome | undefined {
  const finished = facts.lost !== undefined;
  const kept = facts.keep[task.name];
  if (kept !== undefined) return kept;
  const lost = facts.lost?.[task.name];
  if (lost !== undefined) return withTolerance(task, { status: statusOfError(lost.error), ...lost });
  const record = facts.records.get(task.name);
  if (record !== undefined) {
    const { phase, number } = record.attempt;
    if (phase.at !== 'ended') return finished ? withTolerance(task, attemptOutcome(record)) : undefined;
    const goesOn = phase.ending.result === 'failed' && number < task.retry.attempts && isTriedAgain(phase.ending.error);
    return goesOn && !facts.over ? undefined : withTolerance(task, attemptOutcome(record));
  }
  if (facts.over && !finished) return undefined;
  const upstream = task.after.flatMap((name) => ends.get(name) ?? []);
  const verdict = task.after.length === 0 ? 'run' : judge(task.when, task.after.length, upstream);
  if (verdict === undefined) return undefined;
  if (verdict !== 'run') return withTolerance(task, { status: verdict });
  const hasFailed = finished && facts.inexact !== true;
  return hasFailed ? withTolerance(task, { status: 'failed', error: stateFailed }) : undefined;
}

function withTolerance({ tolerate }: RunTask, outcome: Outcome): Outcome {
  return tolerate && isFailed(outcome) ? { ...outcome, tolerated: true } : outcome;
}

/** The outcomes of a run that has ended, outputs included. Tasks that it had and its definition no longer has, too. */
export function endedOutcomes(tasks: readonly RunTask[], facts: Omit<TaskFacts, 'over'>): Outcomes {
  const known = taskOutcomes(tasks, { ...facts, over: true });
  const attempts = [...facts.records].map(([name, record]) => [name, attemptOutcome(record)] as const);
  return { ...facts.keep, ...Object.fromEntries(attempts), ...Object.fromEntries(known) };
}

/** An attempt that is still open when its run ends counts as stopped. */
function attemptOutcome({ attempt }: TaskRecord): Outcome {
  const { phase } = attempt;
  if (phase.at !== 'ended') return { status: 'stopped', error: errorsOf(attempt).stopped };
  const { ending } = phase;
  if (ending.result === 'failed') {
    const { error, cause } = ending;
    return { status: statusOfError(error), error, cause };
  }
  return { status: ending.result, ...(ending.result === 'skipped' ? {} : present({ output: ending.output })) };
}
