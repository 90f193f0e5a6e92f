import type { Step } from '../../ledger/decision.ts';
import { type StartTaskCall, taskErrors } from '../../protocol/messages.ts';
import type { Attempt, Ending, PastAttempt, TaskRecord } from './task-record.ts';
import type { TaskEffect, TaskSignal } from './task-signal.ts';

export type TaskStep = Step<TaskRecord, TaskEffect>;

/** How long a job run may take to be seen in `GetJobRuns`. Undocumented; only after it *not found* is believed. */
export const settleMilliseconds = 60_000;

/**
 * Longer than it takes to start a job, with services as slow as their clients bear (`shared/services/call-limits.ts`), and to see
 * that one was started: whoever holds it has its answer by then, or is gone.
 */
export const leaseMilliseconds = 90_000 + settleMilliseconds;

/** Of a task that is tried more often the oldest attempts, and their tokens, are forgotten. */
const attemptsKept = 20;
export const tokensKept = 20;

/** Calls StartJobRun for the current attempt, for the first time or again. */
export function startJob(record: TaskRecord, now: number): TaskStep {
  const { attempt } = record;
  const next: Attempt = {
    ...attempt,
    tries: attempt.tries + 1,
    phase: { at: 'starting', since: now, lease: now + leaseMilliseconds },
  };
  return { record: { ...record, attempt: next }, effects: [{ do: 'start-job', ...orderOf(record, next) }] };
}

/** Looks for what an earlier StartJobRun may have started. */
export function findJob(record: TaskRecord): TaskStep {
  return { record, effects: [{ do: 'find-job', ...orderOf(record, record.attempt) }] };
}

function orderOf({ run, task }: TaskRecord, { number, tries, work, timeout, since }: Attempt) {
  return { attempt: number, try: tries, order: { run, task, attempt: number, work, timeout, since } };
}

/** Records how the current attempt ended, and tells the state that waits. */
export function endAttempt(record: TaskRecord, now: number, ending: Ending): TaskStep {
  const { attempt } = record;
  const jobRunId = 'jobRunId' in attempt.phase ? attempt.phase.jobRunId : undefined;
  const publishes = ending.result === 'succeeded' && attempt.publishes !== undefined;
  return {
    record: {
      ...record,
      attempt: {
        ...attempt,
        phase: {
          at: 'ended',
          since: now,
          ...(jobRunId === undefined ? {} : { jobRunId }),
          ending,
          delivery: 'pending',
          ...(publishes ? { publication: 'pending' } : {}),
        },
      },
    },
    effects: [{ do: 'deliver', token: attempt.token, ending }],
  };
}

export function failAttempt(record: TaskRecord, now: number, error: string, cause: string): TaskStep {
  return endAttempt(record, now, { result: 'failed', error, cause: cause.slice(0, causeLimit) });
}

/** Characters. Step Functions takes 32 KB, but the causes of all tasks come together in one state document. */
const causeLimit = 2000;

/** Why nothing of the task may be started or go on. Undefined: it may. */
export function whyOver({ stopped, until, overdue }: TaskRecord, now: number): Over | undefined {
  if (stopped) return { error: taskErrors.jobStopped, cause: 'the run is over' };
  if (until === undefined || (now < until && !overdue)) return undefined;
  return {
    error: taskErrors.deadlinePassed,
    cause: `it was not over by its deadline, ${new Date(until).toISOString()}`,
  };
}

/**
 * Stops the job run of the current attempt, since nothing of the task may go on. Everything that happens to a run comes
 * by here, so the stop is asked for again only after a while: a minute, then twice as long each time; much later where
 * Glue says that the run is stopping.
 */
export function stopOver(record: TaskRecord, jobRunId: string, now: number): TaskStep {
  const stopping: TaskRecord = record.stopped || record.overdue ? record : { ...record, overdue: true };
  const { attempt } = stopping;
  const { phase } = attempt;
  if (phase.at !== 'running') return { record: stopping, effects: [] };
  const { at = Number.NEGATIVE_INFINITY, times = 0, taken = false } = phase.stopAsked ?? {};
  const wait = taken ? takenMilliseconds : stopAgainMilliseconds * 2 ** Math.min(times - 1, 6);
  if (now < at + wait) return { record: stopping, effects: [] };
  const stopAsked = { at: now, times: times + 1 };
  return {
    record: { ...stopping, attempt: { ...attempt, phase: { ...phase, stopAsked } } },
    effects: [{ do: 'stop-job', job: attempt.work.job, jobRunId }],
  };
}

const stopAgainMilliseconds = 60_000;
const takenMilliseconds = 30 * 60_000;

/** After this a denied call counts as denied for good. */
const deniedMilliseconds = 15 * 60_000;

/** A denied call is a fact: it is waited out for a while, and then ends the attempt. */
export function denied(record: TaskRecord, reason: string, now: number): TaskStep {
  const { attempt } = record;
  if (attempt.phase.at === 'ended') return { record, effects: [] };
  const since = attempt.refused?.since ?? now;
  if (now - since >= deniedMilliseconds) {
    const cause = `its job run can be neither asked about nor stopped, and may still run: ${reason}`;
    return failAttempt(record, now, taskErrors.denied, cause);
  }
  const refused = { since, reason: reason.slice(0, 500) };
  return { record: { ...record, attempt: { ...attempt, refused } }, effects: [] };
}

/** Calls about the attempt are answered again. */
export function allowed(record: TaskRecord): TaskRecord {
  const { refused, ...attempt } = record.attempt;
  return refused === undefined ? record : { ...record, attempt };
}

type Over = { readonly error: string; readonly cause: string };

/** The next attempt of a task, or its first, for a call that nobody has seen before. */
export function openAttempt(
  before: TaskRecord | undefined,
  { call, publishes = [] }: Extract<TaskSignal, { is: 'call' }>,
  now: number,
): TaskStep {
  const until = before === undefined ? untilOf(call, now) : before.until;
  const left = until === undefined ? call.timeout : Math.ceil((until - now) / 1_000);
  const record: TaskRecord = {
    run: call.run,
    pipeline: call.pipeline,
    task: call.task,
    attempt: {
      number: (before?.attempt.number ?? 0) + 1,
      since: now,
      token: call.token,
      ...(call.turn === undefined ? {} : { turn: call.turn }),
      work: { ...call.work, args: { ...call.work.args } },
      timeout: Math.max(1, Math.min(call.timeout, left)),
      outputLimit: call.outputLimit,
      ...(publishes.length === 0 ? {} : { publishes: [...publishes] }),
      tries: 0,
      phase: { at: 'starting', since: now, lease: now },
    },
    spent: before === undefined ? [] : [...before.spent, before.attempt.token].slice(-tokensKept),
    earlier: before === undefined ? [] : [...before.earlier, pastOf(before.attempt, now)].slice(-attemptsKept),
    ...(until === undefined ? {} : { until }),
    ...(before?.overdue === undefined ? {} : { overdue: before.overdue }),
    ...(before?.stopped === undefined ? {} : { stopped: before.stopped }),
  };
  const over = whyOver(record, now);
  if (over !== undefined) return failAttempt(record, now, over.error, over.cause);
  if (call.if === false) return endAttempt(record, now, { result: 'skipped' });
  if (call.if !== undefined && call.if !== true) {
    const came = JSON.stringify(call.if).slice(0, 200);
    return failAttempt(record, now, taskErrors.refused, `if: came to ${came}, which is neither true nor false`);
  }
  return startJob(record, now);
}

function untilOf({ deadline }: StartTaskCall, now: number): number | undefined {
  return deadline === undefined ? undefined : now + deadline * 1_000;
}

function pastOf({ number, since, phase, times }: Attempt, now: number): PastAttempt {
  const ended = phase.at === 'ended' ? phase : undefined;
  return {
    number,
    since,
    ended: ended?.since ?? now,
    ...(ended?.jobRunId === undefined ? {} : { jobRunId: ended.jobRunId }),
    ending: ended?.ending ?? { result: 'failed', error: taskErrors.jobStopped, cause: 'replaced' },
    ...(times === undefined ? {} : { times }),
  };
}
