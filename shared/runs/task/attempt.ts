import { present } from '../../json.ts';
import type { Step } from '../../ledger/decision.ts';
import type { StartTaskCall } from '../../protocol/read-call.ts';
import { taskErrors } from '../../tasks/errors.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { formatDuration } from '../../units/duration.ts';
import { lacksPlace, waitForPlace } from './task-place.ts';
import { type Attempt, type Ending, nextStop, type PastAttempt, type Running, type TaskRecord } from './task-record.ts';
import type { TaskEffect, TaskSignal } from './task-signal.ts';

export type TaskStep = Step<TaskRecord, TaskEffect>;

/** How long a service may take to show new work. Not documented. Only after it do we believe *not found*. */
export const settleMilliseconds = 60_000;

/**
 * Longer than beginning the work takes, with services as slow as their clients allow
 * (`shared/services/call-limits.ts`), and seeing it: by then the holder of the lease has the answer, or has crashed.
 */
export const leaseMilliseconds = 90_000 + settleMilliseconds;

/** Older attempts and tokens beyond these are forgotten. */
const attemptsKept = 20;
export const tokensKept = 20;

/** Begins the work of the current attempt, for the first time or again, once it has its places of its pool. */
export function begin(record: TaskRecord, now: number): TaskStep {
  const { attempt } = record;
  if (lacksPlace(attempt)) return waitForPlace(record);
  const next: Attempt = {
    ...attempt,
    tries: attempt.tries + 1,
    phase: { at: 'starting', since: now, lease: now + leaseMilliseconds },
  };
  return { record: { ...record, attempt: next }, effects: [{ do: 'begin', ...orderOf(record, next) }] };
}

/** Looks for work that an earlier start may have begun. */
export function find(record: TaskRecord): TaskStep {
  return { record, effects: [{ do: 'find', ...orderOf(record, record.attempt), stopped: record.stopped === true }] };
}

function orderOf({ run, task }: TaskRecord, { number, tries, work, timeout, since, phase }: Attempt) {
  const { joins } = phase.at === 'starting' ? phase : {};
  const order = { run, task, attempt: number, work, timeout, since, tried: phase.since, ...present({ joins }) };
  return { attempt: number, try: tries, order };
}

/** Records how the current attempt ended, and tells the waiting state. A native task's state asks instead. */
export function endAttempt(record: TaskRecord, now: number, ending: Ending): TaskStep {
  const { attempt } = record;
  const id = 'id' in attempt.phase ? attempt.phase.id : undefined;
  const isAsked = kindOf(attempt.work.kind).runs.by === 'state';
  const publishes = ending.result === 'succeeded' && attempt.publishes !== undefined;
  return {
    record: {
      ...record,
      attempt: {
        ...attempt,
        phase: {
          at: 'ended',
          since: now,
          ...present({ id }),
          ending,
          delivery: isAsked ? 'told' : 'pending',
          ...(publishes ? { publication: 'pending' } : {}),
        },
      },
    },
    effects: isAsked ? [] : [{ do: 'deliver', token: attempt.token, ending }],
  };
}

export function failAttempt(record: TaskRecord, now: number, error: string, cause: string): TaskStep {
  return endAttempt(record, now, { result: 'failed', error, cause: cause.slice(0, causeLimit) });
}

/** Characters. Step Functions takes 32 KB, but the causes of all tasks share one state document. */
const causeLimit = 2000;

/** Why nothing of the task may start or continue. Undefined: it may. */
export function whyOver({ attempt, stopped, until, overdue }: TaskRecord, now: number): Over | undefined {
  if (stopped) return { error: errorsOf(attempt).stopped, cause: 'the run is over' };
  if (until !== undefined && (now >= until || overdue)) {
    const cause = `it was not over by its deadline, ${new Date(until).toISOString()}`;
    return { error: taskErrors.deadlinePassed, cause };
  }
  if (!tookTooLong(attempt, now)) return undefined;
  return { error: errorsOf(attempt).timedOut, cause: `it was not over after ${formatDuration(attempt.timeout)}` };
}

/** For services without a timeout of their own. */
function tookTooLong({ work, phase, timeout }: Attempt, now: number): boolean {
  if (phase.at !== 'running' || kindOf(work.kind).runs.endsAtTimeout) return false;
  return phase.tooLong === true || now >= phase.since + timeout * 1_000;
}

/** How much a service's clock may differ from ours. */
const clocksMilliseconds = 60_000;

/** Whether work ended within its limits, by the service's clock: its end then counts, although it was noticed late. */
export function endedInTime({ attempt, until = Number.POSITIVE_INFINITY }: TaskRecord, endedAt: number): boolean {
  const { work, phase, timeout } = attempt;
  if (phase.at !== 'running') return false;
  // a service that ends its work at the timeout counts from a later time of its own
  const ownLimit = kindOf(work.kind).runs.endsAtTimeout ? Number.POSITIVE_INFINITY : phase.since + timeout * 1_000;
  return endedAt + clocksMilliseconds < Math.min(until, ownLimit);
}

/** The errors by which the attempt's kind reports its end. */
export function errorsOf({ work }: Pick<Attempt, 'work'>) {
  return kindOf(work.kind).runs.errors;
}

/** The attempt's work, as its service knows it. */
export function workOf({ work }: Pick<Attempt, 'work'>, id: string) {
  return { kind: work.kind, name: kindOf(work.kind).runs.name(work), id };
}

/**
 * Stops the work of the current attempt, because nothing of the task may continue. Every signal for the run passes
 * here, so only the first one asks for the stop: see {@link stopAgain}.
 */
export function stopOver(record: TaskRecord, now: number): TaskStep {
  const over = whyOver(record, now);
  const isDeadline = over?.error === taskErrors.deadlinePassed;
  const stopping: TaskRecord = isDeadline && !record.overdue ? { ...record, overdue: true } : record;
  const { attempt } = stopping;
  const { phase } = attempt;
  if (phase.at !== 'running') return { record: stopping, effects: [] };
  // the work belongs to another attempt, or there is no service that runs it
  const isOthers = phase.joined === true || kindOf(attempt.work.kind).runs.by !== 'service';
  if (isOthers && over !== undefined) return failAttempt(stopping, now, over.error, over.cause);
  if (phase.stopAsked !== undefined) return { record: stopping, effects: [] };
  const tooLong = over?.error === errorsOf(attempt).timedOut;
  return askToStop(stopping, { ...phase, ...(tooLong ? { tooLong } : {}) }, now);
}

/**
 * Repeats a requested stop. Only an answer that the work is still running leads here: the work may have ended although
 * its event, or the answer to the first stop, was lost.
 */
export function stopAgain(record: TaskRecord, now: number): TaskStep {
  const { phase } = record.attempt;
  const isDue = phase.at === 'running' && phase.stopAsked !== undefined && now >= nextStop(phase);
  return isDue && whyOver(record, now) !== undefined ? askToStop(record, phase, now) : { record, effects: [] };
}

function askToStop(record: TaskRecord, phase: Running, now: number): TaskStep {
  const { attempt } = record;
  const stopAsked = { at: now, times: (phase.stopAsked?.times ?? 0) + 1 };
  return {
    record: { ...record, attempt: { ...attempt, phase: { ...phase, stopAsked } } },
    effects: [{ do: 'stop', ...workOf(attempt, phase.id) }],
  };
}

/** A call that is denied for this long counts as denied for good. */
const deniedMilliseconds = 15 * 60_000;

/** A denied call is waited out for a while. Then it ends the attempt. */
export function denied(record: TaskRecord, reason: string, now: number): TaskStep {
  const { attempt } = record;
  if (attempt.phase.at === 'ended') return { record, effects: [] };
  const since = attempt.refused?.since ?? now;
  if (now - since >= deniedMilliseconds) {
    const cause = `its work can be neither asked about nor stopped, and may still run: ${reason}`;
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

/** The next or first attempt of a task, for a call that is new. */
export function openAttempt(
  before: TaskRecord | undefined,
  { call, publishes = [], pool }: Extract<TaskSignal, { is: 'call' }>,
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
      ...present({ turn: call.turn }),
      work: call.work,
      timeout: Math.max(1, Math.min(call.timeout, left)),
      outputLimit: call.outputLimit,
      ...(publishes.length === 0 ? {} : { publishes: [...publishes] }),
      ...present({ pool }),
      tries: 0,
      phase: { at: 'starting', since: now, lease: now },
    },
    spent: before === undefined ? [] : [...before.spent, before.attempt.token].slice(-tokensKept),
    earlier: before === undefined ? [] : [...before.earlier, pastOf(before.attempt, now)].slice(-attemptsKept),
    ...present({ until }),
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
  return begin(record, now);
}

function untilOf({ deadline }: StartTaskCall, now: number): number | undefined {
  return deadline === undefined ? undefined : now + deadline * 1_000;
}

function pastOf({ number, since, work, phase, times }: Attempt, now: number): PastAttempt {
  const ended = phase.at === 'ended' ? phase : undefined;
  return {
    number,
    since,
    ended: ended?.since ?? now,
    ...(ended?.id === undefined ? {} : { id: ended.id }),
    ending: ended?.ending ?? { result: 'failed', error: errorsOf({ work }).stopped, cause: 'replaced' },
    ...present({ times }),
  };
}

/** Tries again, if anything of the task may still start. */
export function startOrEnd(record: TaskRecord, now: number): TaskStep {
  const over = whyOver(record, now);
  return over === undefined ? begin(record, now) : failAttempt(record, now, over.error, over.cause);
}
