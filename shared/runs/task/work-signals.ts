import { jobOutcome } from '../../events/job-outcome.ts';
import { taskErrors } from '../../protocol/messages.ts';
import { allowed, endAttempt, failAttempt, stopOver, type TaskStep, whyOver } from './attempt.ts';
import type { TaskRecord } from './task-record.ts';
import type { OutputRead, TaskSignal } from './task-signal.ts';

/** After this a job run that Glue does not know, and an output that S3 does not give out, are given up. */
export const patienceMilliseconds = 15 * 60_000;

/** A job run has been started for an attempt. */
export function started(record: TaskRecord, number: number, jobRunId: string, now: number): TaskStep {
  const { attempt } = record;
  const { phase } = attempt;
  if (number === attempt.number && (phase.at === 'starting' || phase.at === 'queued')) {
    const running: TaskRecord = {
      ...record,
      attempt: { ...allowed(record).attempt, phase: { at: 'running', since: now, jobRunId } },
    };
    return whyOver(record, now) === undefined ? { record: running, effects: [] } : stopOver(running, jobRunId, now);
  }
  const known =
    ('jobRunId' in phase && phase.jobRunId === jobRunId) || record.earlier.some((past) => past.jobRunId === jobRunId);
  // two job runs of one attempt, or one of an attempt that is over: the one that nobody waits for goes
  return { record, effects: known ? [] : [{ do: 'stop-job', job: attempt.work.job, jobRunId }] };
}

/** What Glue says of a job run: it is the attempt's, or it is nobody's here. */
export function jobSays(record: TaskRecord, signal: TaskSignal & { is: 'job' }, now: number): TaskStep {
  const { phase, work } = record.attempt;
  // arguments are anybody's to write: a stamp on the run of another job is copied
  if (signal.job !== undefined && signal.job !== work.job) return { record, effects: [] };
  if (signal.attempt === record.attempt.number && (phase.at === 'starting' || phase.at === 'queued')) {
    const adopted = started(record, signal.attempt, signal.jobRunId, now);
    if (adopted.record === undefined || jobOutcome(signal.state) === 'open') return adopted;
    return jobSays(adopted.record, signal, now);
  }
  if (phase.at !== 'running' || phase.jobRunId !== signal.jobRunId) return { record, effects: [] };
  const outcome = jobOutcome(signal.state);
  if (outcome === 'open') return { record: stillOpen(record, signal.state), effects: [] };
  const { attempt } = record;
  const ended: TaskRecord = {
    ...record,
    attempt: { ...attempt, ...(signal.times === undefined ? {} : { times: signal.times }) },
  };
  const cause = signal.message ?? `Glue says ${signal.state}`;
  const over = record.stopped || outcome === 'succeeded' ? undefined : whyOver(record, now);
  if (over !== undefined) return failAttempt(ended, now, over.error, over.cause);
  if (outcome === 'failed') return failAttempt(ended, now, taskErrors.jobFailed, cause);
  if (outcome === 'timed_out') return failAttempt(ended, now, taskErrors.jobTimedOut, cause);
  if (outcome === 'stopped') return failAttempt(ended, now, taskErrors.jobStopped, cause);
  if (attempt.outputLimit === 0 || !attempt.work.inject) return endAttempt(ended, now, { result: 'succeeded' });
  const finishing = { at: 'finishing' as const, since: now, jobRunId: phase.jobRunId };
  return { record: { ...ended, attempt: { ...ended.attempt, phase: finishing } }, effects: [readOutput(ended)] };
}

function stillOpen(record: TaskRecord, state: string): TaskRecord {
  const answered = allowed(record);
  const { phase } = answered.attempt;
  if (phase.at !== 'running' || phase.stopAsked === undefined || phase.stopAsked.taken) return answered;
  if (state !== 'STOPPING') return answered;
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
      // the job has done its work: what passes is waited out
      const mayPass = read.passing && over === undefined;
      if (mayPass || now - phase.since < patienceMilliseconds) return { record, effects: [] };
      return failAttempt(record, now, taskErrors.badOutput, why);
    }
  }
}
