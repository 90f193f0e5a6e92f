import type { Moment } from '../../ledger/decision.ts';
import type { Key } from '../../ledger/ledger.ts';
import { poolPartition } from '../../ledger/ledger-keys.ts';
import { taskErrors } from '../../tasks/errors.ts';
import { kindOf } from '../../tasks/kinds.ts';
import {
  allowed,
  denied,
  errorsOf,
  failAttempt,
  find,
  openAttempt,
  settleMilliseconds,
  startOrEnd,
  stopOver,
  type TaskStep,
  whyOver,
  workOf,
} from './attempt.ts';
import { callAgain } from './call-again.ts';
import { letsOthersIn, waitsForPlace, whileFull, withoutPlace } from './task-place.ts';
import { type Attempt, isOpen, type Phase, type Running, type TaskRecord } from './task-record.ts';
import type { TaskEffect, TaskSignal } from './task-signal.ts';
import { outputRead, patienceMilliseconds, readOutput, started, workSays } from './work-signals.ts';

/** Decides what happens to a task, given its record and a signal. Pure and total: late signals are harmless. */
export function advanceTask(record: TaskRecord | undefined, signal: TaskSignal, moment: Moment): TaskStep {
  const step = decide(record, signal, moment);
  const others = letsOthersIn(record, step.record);
  return others.length === 0 ? step : { ...step, effects: [...step.effects, ...others] };
}

function decide(record: TaskRecord | undefined, signal: TaskSignal, moment: Moment): TaskStep {
  if (record === undefined) {
    return signal.is === 'call' ? openAttempt(undefined, signal, moment.now) : { record, effects: [] };
  }
  const { attempt } = record;
  const { phase } = attempt;
  const { now } = moment;
  const nothing: TaskStep = { record, effects: [] };
  const answered = 'try' in signal && signal.attempt === attempt.number && signal.try === attempt.tries;

  switch (signal.is) {
    case 'call':
      return callAgain(record, signal, now);
    case 'started':
      return started(record, signal.attempt, signal.id, now);
    case 'work':
      return workSays(record, signal, now);
    case 'work-gone':
      if (phase.at !== 'running' || phase.id !== signal.id) return nothing;
      if (now - phase.since < patienceMilliseconds) return nothing;
      return failAttempt(
        record,
        now,
        errorsOf(attempt).failed,
        `${kindOf(attempt.work.kind).service} does not know ${signal.id}`,
      );
    case 'output':
      return signal.attempt === attempt.number ? outputRead(record, signal.output, now) : nothing;
    case 'delivered':
      if (phase.at !== 'ended' || phase.delivery !== 'pending' || attempt.token !== signal.token) return nothing;
      return { record: { ...record, attempt: { ...attempt, phase: { ...phase, delivery: signal.as } } }, effects: [] };
    case 'published':
      if (phase.at !== 'ended' || !phase.publication || signal.attempt !== attempt.number) return nothing;
      return { record: { ...record, attempt: { ...attempt, phase: withoutPublication(phase) } }, effects: [] };
    case 'slot':
      if (phase.at === 'running' && phase.joined) return tick(record, now);
      return phase.at === 'queued' ? startOrEnd(record, now) : nothing;
    case 'place':
      return signal.attempt === attempt.number ? placed(record, signal.numbers, now) : nothing;
    case 'full':
      return { record: whileFull(record, signal), effects: [] };
    case 'stop':
      return stop(record, now);
    case 'tick':
      return tick(record, now);
    case 'refused':
      if (!answered || phase.at !== 'starting') return nothing;
      return signal.busy ? whenBusy(record, signal.reason, moment) : queue(record, signal.reason, moment);
    case 'fatal':
      if (!answered || phase.at !== 'starting') return nothing;
      return signal.mayPass
        ? notYet(record, signal.reason, moment)
        : failAttempt(record, now, taskErrors.refused, signal.reason);
    case 'denied':
      return denied(record, signal.reason, now);
    case 'stop-failed':
      return phase.at === 'running' && phase.id === signal.id ? askAgain(record) : nothing;
    case 'too-late':
      if (!answered || phase.at !== 'starting') return nothing;
      return failAttempt({ ...record, stopped: true }, now, errorsOf(attempt).stopped, 'the run is over');
    case 'ambiguous': {
      if (!answered || phase.at !== 'starting') return nothing;
      // counted from now, because a slow call may take effect only at its end
      const lease = signal.settled ? now : now + settleMilliseconds;
      return find({ ...record, attempt: { ...attempt, phase: { ...phase, lease } } });
    }
    case 'not-found': {
      if (!answered || phase.at !== 'starting' || now < phase.lease) return nothing;
      if (phase.joins) return queue(record, 'what runs is not to be seen yet', moment);
      return startOrEnd(allowed(record), now);
    }
  }
}

/** Other work of the same thing is running, whoever owns it. */
function whenBusy(record: TaskRecord, reason: string, moment: Moment): TaskStep {
  const { attempt } = record;
  const { now } = moment;
  switch (kindOf(attempt.work.kind).runs.alone?.whenBusy(attempt.work)) {
    case 'fail':
      return failAttempt(record, now, taskErrors.refused, reason);
    case 'join':
      return find({
        ...record,
        attempt: { ...attempt, phase: { at: 'starting', since: now, lease: now, joins: true } },
      });
    default:
      return queue(record, reason, moment);
  }
}

/** @param taken the keys that another attempt has: the slot of the thing that this one wanted, or places of its pool */
export function turnedAway(record: TaskRecord, moment: Moment, taken: readonly Key[]): TaskStep {
  const { attempt } = record;
  const { pool } = attempt;
  if (pool !== undefined && taken.some(({ partition }) => partition === poolPartition(pool.name))) {
    return withoutPlace(record);
  }
  const { phase } = attempt;
  if (phase.at === 'running') {
    return { record: { ...record, attempt: { ...attempt, phase: { ...phase, joined: true } } }, effects: [] };
  }
  return whenBusy(record, `${workOf(attempt, '').name} is being run for another task`, moment);
}

/**
 * Back-off from 5 seconds to 2 minutes, half of it random, so that attempts refused together do not return together.
 */
function queue(record: TaskRecord, reason: string, { now, random }: Moment): TaskStep {
  const { attempt } = record;
  const delay = Math.min(5_000 * 2 ** Math.min(attempt.tries - 1, 10), 120_000) * (0.5 + random / 2);
  const next = now + Math.round(delay);
  const phase = { at: 'queued' as const, since: attempt.since, next, reason: reason.slice(0, 500) };
  const queued: TaskRecord = { ...record, attempt: { ...attempt, phase } };
  return whyOver(record, now) === undefined ? { record: queued, effects: [] } : startOrEnd(queued, now);
}

/** How long a resource of a recent deployment may be missing or not yet allowed. */
const notYetMilliseconds = 10 * 60_000;

/** IAM and Glue are eventually consistent, so denials and missing resources right after a deployment are waited out. */
function notYet(record: TaskRecord, reason: string, moment: Moment): TaskStep {
  const since = record.attempt.refused?.since ?? moment.now;
  if (moment.now - since >= notYetMilliseconds) return failAttempt(record, moment.now, taskErrors.refused, reason);
  const refused = { since, reason: reason.slice(0, 500) };
  return queue({ ...record, attempt: { ...record.attempt, refused } }, reason, moment);
}

/** The next look stops it again. */
function askAgain(record: TaskRecord): TaskStep {
  const { attempt } = record;
  if (attempt.phase.at !== 'running') return { record, effects: [] };
  const { stopAsked: _, ...phase } = attempt.phase;
  return { record: { ...record, attempt: { ...attempt, phase } }, effects: [] };
}

/** The attempt gets places of its pool. */
function placed(record: TaskRecord, numbers: readonly number[], now: number): TaskStep {
  const { attempt } = record;
  const { pool } = attempt;
  if (pool === undefined || !waitsForPlace(attempt)) return { record, effects: [] };
  return startOrEnd({ ...record, attempt: { ...attempt, pool: { ...pool, held: [...numbers] } } }, now);
}

function stop(record: TaskRecord, now: number): TaskStep {
  const stopped: TaskRecord = record.stopped || !isOpen(record) ? record : { ...record, stopped: true };
  const { phase } = stopped.attempt;
  if (phase.at === 'queued') return startOrEnd(stopped, now);
  if (phase.at === 'running') return stopOver(stopped, now);
  return { record: stopped, effects: [] };
}

function tick(record: TaskRecord, now: number): TaskStep {
  const { attempt } = record;
  const { phase } = attempt;
  const over = whyOver(record, now) !== undefined;
  switch (phase.at) {
    case 'starting':
      return now < phase.lease ? { record, effects: [] } : find(record);
    case 'queued':
      return phase.next !== undefined && now < phase.next && !over ? { record, effects: [] } : startOrEnd(record, now);
    case 'running': {
      const step = over ? stopOver(record, now) : { record, effects: [] };
      if (step.record?.attempt.phase.at !== 'running') return step;
      return { ...step, effects: [...step.effects, ...lookAgain(attempt, phase, now)] };
    }
    case 'finishing':
      return { record, effects: [readOutput(record)] };
    case 'ended':
      if (phase.delivery !== 'pending') return { record, effects: [] };
      return { record, effects: [{ do: 'deliver', token: attempt.token, ending: phase.ending }] };
  }
}

function lookAgain({ work }: Attempt, { id, since, looked }: Running, now: number): TaskEffect[] {
  const { runs } = kindOf(work.kind);
  if (runs.by === 'state') return [];
  if (runs.by === 'service') return [{ do: 'ask', work, id }];
  const { looks } = runs;
  // the reconciler comes by more often than somebody has to look
  const isDue = looked === undefined || now >= looks.due(work, since, looked);
  return isDue ? [{ do: 'look', work, id, since }] : [];
}

function withoutPublication({ publication: _, ...phase }: Phase & { at: 'ended' }): Phase {
  return phase;
}
