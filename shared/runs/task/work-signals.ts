import { type Json, present } from '../../json.ts';
import { taskErrors } from '../../tasks/errors.ts';
import type { WorkState } from '../../tasks/kind/work-state.ts';
import { kindOf } from '../../tasks/kinds.ts';
import {
  allowed,
  endAttempt,
  endedInTime,
  errorsOf,
  failAttempt,
  stopAgain,
  stopOver,
  type TaskStep,
  whyOver,
  workOf,
} from './attempt.ts';
import { withinLimit } from './read-output.ts';
import type { TaskRecord } from './task-record.ts';
import type { OutputRead, TaskSignal } from './task-signal.ts';

/** After this time, work unknown to its service and an output that S3 does not return are given up. */
export const patienceMilliseconds = 15 * 60_000;

/** Work has begun for an attempt. */
export function started(record: TaskRecord, number: number, id: string, now: number): TaskStep {
  const { attempt } = record;
  const { phase } = attempt;
  if (number === attempt.number && (phase.at === 'starting' || phase.at === 'queued')) {
    const running: TaskRecord = {
      ...record,
      attempt: {
        ...allowed(record).attempt,
        phase: { at: 'running', since: now, id, ...(phase.at === 'starting' && phase.joins ? { joined: true } : {}) },
      },
    };
    if (whyOver(record, now) !== undefined) return stopOver(running, now);
    return { record: running, effects: firstLook(attempt, id, now) };
  }
  const known = ('id' in phase && phase.id === id) || record.earlier.some((past) => past.id === id);
  // a second work of one attempt, or work of an attempt that is over: nobody waits for it
  return { record, effects: known ? [] : [{ do: 'stop', ...workOf(attempt, id) }] };
}

/**
 * Unmarked work that ended before its id was recorded had an event that nobody could match, so it is asked about once.
 */
function firstLook(attempt: TaskRecord['attempt'], id: string, now: number): TaskStep['effects'] {
  const { work } = attempt;
  const { runs } = kindOf(work.kind);
  if (runs.by === 'looking') return [{ do: 'look', work, id, since: now }];
  if (runs.by === 'state') return [];
  return runs.isMarked(work) || runs.event === undefined ? [] : [{ do: 'ask', work, id }];
}

/** The service's report about work: the attempt's own, or nobody's here. */
export function workSays(record: TaskRecord, signal: TaskSignal & { is: 'work' }, now: number): TaskStep {
  const { phase, work } = record.attempt;
  const { file, runs, service } = kindOf(work.kind);
  // anybody can write a mark, so one on another thing's work is a copy
  const { of } = signal;
  if (of !== undefined && (of.kind !== work.kind || of.name !== runs.name(work))) return { record, effects: [] };
  if (signal.attempt === record.attempt.number && (phase.at === 'starting' || phase.at === 'queued')) {
    const adopted = started(record, signal.attempt, signal.id, now);
    if (adopted.record === undefined || signal.state.is === 'open') return adopted;
    return workSays(adopted.record, signal, now);
  }
  if (phase.at !== 'running' || phase.id !== signal.id) return { record, effects: [] };
  const { state } = signal;
  if (state.is === 'open') return stopAgain(stillOpen(record, state, now), now);
  const { attempt } = record;
  const ended: TaskRecord = {
    ...record,
    attempt: {
      ...attempt,
      ...present({ times: signal.times, said: state.is === 'succeeded' ? state.message : undefined }),
    },
  };
  const cause = state.message ?? `${service} says ${state.says}`;
  const errors = errorsOf(attempt);
  const { completedOn } = signal.times ?? {};
  const ownEnd =
    record.stopped || state.is === 'succeeded' || (completedOn !== undefined && endedInTime(record, completedOn));
  const over = ownEnd ? undefined : whyOver(record, now);
  if (over !== undefined) return failAttempt(ended, now, over.error, over.cause);
  if (state.is === 'failed') return failAttempt(ended, now, (state.final && errors.final) || errors.failed, cause);
  if (state.is === 'timed_out') return failAttempt(ended, now, errors.timedOut, cause);
  if (state.is === 'stopped') return failAttempt(ended, now, errors.stopped, cause);
  if (state.output !== undefined) return succeedWith(ended, state.output, now);
  const hasOutput = attempt.outputLimit > 0 && file.noOutput(work) === undefined;
  if (!hasOutput) return endAttempt(ended, now, { result: 'succeeded' });
  const finishing = { at: 'finishing' as const, since: now, id: phase.id };
  return { record: { ...ended, attempt: { ...ended.attempt, phase: finishing } }, effects: [readOutput(ended)] };
}

/** For services whose own answer holds the output. */
function succeedWith(record: TaskRecord, output: Json, now: number): TaskStep {
  const { outputLimit } = record.attempt;
  if (outputLimit === 0) return endAttempt(record, now, { result: 'succeeded' });
  const read = withinLimit(output, outputLimit);
  if (read.is === 'bad') return failAttempt(record, now, taskErrors.badOutput, read.why);
  return endAttempt(record, now, { result: 'succeeded', output });
}

function stillOpen(record: TaskRecord, state: WorkState & { is: 'open' }, now: number): TaskRecord {
  const answered = allowed(record);
  const { phase, work } = answered.attempt;
  if (phase.at === 'running' && kindOf(work.kind).runs.looks !== undefined) {
    return { ...answered, attempt: { ...answered.attempt, phase: { ...phase, looked: now } } };
  }
  if (phase.at !== 'running' || phase.stopAsked === undefined || phase.stopAsked.taken) return answered;
  if (!state.stopping) return answered;
  const stopAsked = { ...phase.stopAsked, taken: true as const };
  return { ...answered, attempt: { ...answered.attempt, phase: { ...phase, stopAsked } } };
}

export function readOutput({ run, task, attempt }: TaskRecord) {
  return { do: 'read-output' as const, attempt: attempt.number, run, task, limit: attempt.outputLimit };
}

export function outputRead(record: TaskRecord, read: OutputRead, now: number): TaskStep {
  const { phase } = record.attempt;
  if (phase.at !== 'finishing') return { record, effects: [] };
  switch (read.is) {
    case 'absent':
      return endAttempt(record, now, { result: 'succeeded' });
    case 'read':
      return endAttempt(record, now, { result: 'succeeded', output: read.value });
    case 'bad':
      return failAttempt(record, now, taskErrors.badOutput, read.why);
    case 'unreadable': {
      const over = whyOver(record, now);
      const why = `the output could not be read: ${read.why}`;
      if (over?.error === taskErrors.deadlinePassed)
        return failAttempt(record, now, over.error, `${over.cause}; ${why}`);
      // the work is done, so failures that may pass are waited out
      const mayPass = read.passing && over === undefined;
      if (mayPass || now - phase.since < patienceMilliseconds) return { record, effects: [] };
      return failAttempt(record, now, taskErrors.badOutput, why);
    }
  }
}
