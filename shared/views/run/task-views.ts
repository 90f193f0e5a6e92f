import { present } from '../../json.ts';
import { isFailed, type TaskStatus } from '../../model/join-rule.ts';
import type { Outcome } from '../../protocol/outcome.ts';
import { type RunTask, type TaskFacts, taskOutcomes } from '../../runs/run/run-outcomes.ts';
import { waitsForPlace } from '../../runs/task/task-place.ts';
import type { Attempt, Ending, PastAttempt, TaskRecord } from '../../runs/task/task-record.ts';
import { statusOfError } from '../../tasks/errors.ts';
import type { WorkTimes } from '../../tasks/kind/work-state.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { isoTime } from '../shapes.ts';
import type { AttemptView, TaskState, TaskView } from './run-view.ts';

/** `gone`: the pipeline no longer has it. */
export type ShownTask = RunTask & { readonly gone?: true };

/** The tasks of a run. */
export function taskViews(tasks: readonly ShownTask[], facts: TaskFacts): TaskView[] {
  const ends = taskOutcomes(tasks, facts);
  return tasks.map((task) => view(task, facts, ends.get(task.name), ends));
}

function view(
  task: ShownTask,
  { records, over }: TaskFacts,
  outcome: Outcome | undefined,
  ends: ReadonlyMap<string, Outcome>,
): TaskView {
  const record = records.get(task.name);
  const attempts = record === undefined ? [] : attemptsOf(record);
  const { startedAt } = attempts[0] ?? {};
  const { endedAt } = attempts.at(-1) ?? {};
  const last = record?.attempt.phase;
  const failure = last?.at === 'ended' && last.ending.result === 'failed' ? last.ending : undefined;
  const error = outcome?.error ?? failure?.error;
  const cause = outcome?.cause ?? failure?.cause;
  const failed = outcome !== undefined && isFailed(outcome) && outcome.status !== 'upstream_failed';
  return {
    name: task.name,
    after: task.after,
    state: outcome?.status ?? (last === undefined ? (over ? 'not_run' : 'waiting') : phaseState(last)),
    kept: outcome?.kept === true,
    tolerated: outcome?.tolerated === true,
    ...present({ startedAt }),
    ...(endedAt === undefined || outcome === undefined ? {} : { endedAt }),
    attempts,
    ...(last?.at === 'ended' && outcome === undefined
      ? { triesAgainAt: isoTime(last.since + delayBehind(task, record?.attempt.number ?? 1)) }
      : {}),
    ...outputOf(outcome, record),
    waitsFor:
      outcome === undefined && record === undefined && !over ? task.after.filter((name) => !ends.has(name)) : [],
    ...(failed && error !== undefined ? { error } : {}),
    ...(failed && cause !== undefined ? { cause } : {}),
  };
}

/** Outcomes at the run's end hold no outputs; the task's own record does. */
function outputOf(outcome: Outcome | undefined, record: TaskRecord | undefined): Pick<TaskView, 'output'> {
  if (outcome?.status !== 'succeeded') return {};
  const phase = record?.attempt.phase;
  const own = phase?.at === 'ended' && phase.ending.result === 'succeeded' ? phase.ending.output : undefined;
  const output = outcome.output ?? own;
  return output === undefined ? {} : { output };
}

function attemptsOf({ attempt, earlier }: TaskRecord): AttemptView[] {
  const { kind } = attempt.work;
  const does = { kind, work: kindOf(kind).runs.name(attempt.work) };
  return [...earlier.map((past) => pastView(past, does)), currentView(attempt, does)];
}

type Does = Pick<AttemptView, 'kind' | 'work'>;

function pastView(past: PastAttempt, does: Does): AttemptView {
  return {
    number: past.number,
    state: statusOf(past.ending),
    ...does,
    ...present({ id: past.id }),
    startedAt: isoTime(past.since),
    endedAt: isoTime(endOf(past.since, past.times) ?? past.ended),
    ...measures(past.since, past.times),
    ...(past.ending.result === 'failed' ? { reason: past.ending.cause } : {}),
  };
}

/** A success has a reason only if people decided it. */
function reasonOf(phase: Attempt['phase'], said: string | undefined): string | undefined {
  if (phase.at === 'queued') return phase.reason;
  return phase.at === 'ended' && phase.ending.result === 'failed' ? phase.ending.cause : said;
}

function currentView(attempt: Attempt, does: Does): AttemptView {
  const { number, since, phase, times, said, pool } = attempt;
  return {
    number,
    state: phase.at === 'ended' ? statusOf(phase.ending) : phaseState(phase),
    ...does,
    ...('id' in phase && phase.id !== undefined ? { id: phase.id } : {}),
    startedAt: isoTime(since),
    ...(phase.at === 'ended' ? { endedAt: isoTime(endOf(since, times) ?? phase.since) } : {}),
    ...measures(since, times, phase.at === 'running' ? phase.since : undefined),
    ...present({ reason: reasonOf(phase, said), pool: waitsForPlace(attempt) ? pool?.name : undefined }),
  };
}

type Measures = Pick<AttemptView, 'queueSeconds' | 'startUpSeconds' | 'workSeconds' | 'dpuSeconds'>;

/** @param begun when the work began, if the service has not said so; epoch milliseconds */
function measures(since: number, times: WorkTimes | undefined, begun?: number): Measures {
  const { startedOn = begun, completedOn, executionSeconds, dpuSeconds } = times ?? {};
  const took = startedOn === undefined || completedOn === undefined ? undefined : secondsFrom(startedOn, completedOn);
  return present({
    queueSeconds: startedOn === undefined ? undefined : secondsFrom(since, startedOn),
    startUpSeconds:
      took === undefined || executionSeconds === undefined ? undefined : rounded(Math.max(0, took - executionSeconds)),
    workSeconds: executionSeconds,
    dpuSeconds,
  });
}

/** Never below 0, since clocks differ. */
function secondsFrom(start: number, end: number): number {
  return Math.max(0, (end - start) / 1_000);
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}

/** The job's end by Glue's clock. We may have heard of it later, and the clocks differ. */
function endOf(since: number, times: WorkTimes | undefined): number | undefined {
  return times?.completedOn === undefined ? undefined : Math.max(since, times.completedOn);
}

/** An attempt has ended and its task has not: the next attempt follows. */
function phaseState(phase: Attempt['phase']): TaskState {
  const states = {
    starting: 'starting',
    queued: 'queued',
    running: 'running',
    finishing: 'running',
    ended: 'retrying',
  } satisfies Record<Attempt['phase']['at'], TaskState>;
  return states[phase.at];
}

export function statusOf(ending: Ending): TaskStatus {
  return ending.result === 'failed' ? statusOfError(ending.error) : ending.result;
}

/** Milliseconds that the state's Retry waits after an attempt. */
function delayBehind({ retry }: ShownTask, attempt: number): number {
  const { delaySeconds, backoff, maxDelaySeconds = Number.POSITIVE_INFINITY } = retry;
  return Math.min(delaySeconds * backoff ** (attempt - 1), maxDelaySeconds) * 1_000;
}
