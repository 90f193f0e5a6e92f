import { present } from '../../json.ts';
import type { Moment } from '../../ledger/decision.ts';
import { endStatuses, hasEnded, type RunRecord, type RunStatus } from './run-record.ts';
import type { RunEffect, RunSignal, RunStep } from './run-signal.ts';

/** After this an execution that Step Functions does not know is given up: its answers are eventually consistent. */
const patienceMilliseconds = 15 * 60_000;

/** Longer than any function may run: an execution that is not there by then does not come. */
const launchMilliseconds = 5 * 60_000;

/** What becomes of a run, by what is known of it and what happens. */
export function advanceRun(record: RunRecord | undefined, signal: RunSignal, { now }: Moment): RunStep {
  const run = record ?? newRun(signal, now);
  if (run === undefined) return { record, effects: [] };
  const { status } = run;
  const nothing: RunStep = { record, effects: [] };
  // an execution of another pipeline that somebody gave this name by hand
  if ('pipeline' in signal && signal.pipeline !== run.pipeline) return nothing;
  switch (signal.is) {
    case 'claim':
      return status === 'PENDING' ? { record: run, effects: [admit(run)] } : nothing;
    case 'admitted':
      return status === 'PENDING' || status === 'QUEUED'
        ? { record: { ...asDefined(letIn(run), signal.definition), launching: now }, effects: [{ do: 'launch', run }] }
        : { record: run, effects: giveBack(run) };
    case 'queued':
      if (status === 'PENDING' || (status === 'QUEUED' && run.outside !== undefined)) {
        return { record: { ...letIn(run), status: 'QUEUED' }, effects: [] };
      }
      return { record: run, effects: giveBack(run) };
    case 'outside': {
      if (status !== 'PENDING') return nothing;
      const { is: _, ...outside } = signal;
      return { record: { ...run, status: 'QUEUED', outside }, effects: [] };
    }
    case 'dropped':
      return status === 'PENDING' || status === 'QUEUED' ? end(run, 'SKIPPED', now) : nothing;
    case 'launched':
      return launched(run, signal.executionArn, now);
    case 'launch-refused': {
      const { error, cause } = signal;
      if (status !== 'PENDING' && status !== 'QUEUED') return nothing;
      if (signal.mayPass && isNotYet(run, now)) return refused(run, now);
      return end({ ...run, error, errorCause: cause.slice(0, 2000) }, 'FAILED', now);
    }
    case 'finished': {
      const finished = { lost: { ...signal.lost } };
      if (!hasEnded(status)) return end({ ...run, startedAt: startOf(run, now), finished }, signal.status, now);
      return { record: run.finished === undefined ? { ...run, finished } : run, effects: settleIfEnded(run) };
    }
    case 'execution':
      return executionSays(run, signal, now);
    case 'execution-gone':
      if (mayHaveStarted(run)) {
        return now - (run.launching ?? now) < launchMilliseconds ? nothing : settleOnly(launchedOrNot(run));
      }
      if (status !== 'RUNNING' || now - (run.startedAt ?? run.createdAt) < patienceMilliseconds) return nothing;
      return end({ ...run, error: 'Gluewright.ExecutionGone' }, 'ABORTED', now);
    case 'execution-denied':
      if (now - (run.refusedSince ?? now) < patienceMilliseconds) return refused(run, now);
      return deniedForGood(run, signal.reason, now);
    case 'stop':
      return stop(run, now, signal.by);
    case 'settled':
      return run.settled || !hasEnded(status) ? nothing : { record: { ...run, settled: true }, effects: [] };
    case 'tick':
      return { record: run, effects: tick(run) };
    case 'late': {
      if (run.late || hasEnded(status) || now - run.createdAt < signal.after * 1_000) return nothing;
      const late: RunRecord = { ...run, late: true };
      return { record: late, effects: [{ do: 'say-late', run: late }] };
    }
  }
}

/** A run that was asked for, or an execution that somebody started past us: it is shown, and cleared up after, too. */
function newRun(signal: RunSignal, now: number): RunRecord | undefined {
  if (signal.is === 'claim') return { ...signal.run, status: 'PENDING', createdAt: now, settled: false };
  if (signal.is !== 'finished' && signal.is !== 'execution') return undefined;
  const { id, pipeline } = signal;
  return {
    id,
    pipeline,
    status: 'RUNNING',
    trigger: { kind: 'execution' },
    cause: `execution ${id}`,
    params: {},
    createdAt: now,
    startedAt: now,
    settled: false,
  };
}

/** How long something that a deployment has just made may be missing, or not be allowed yet. */
const notYetMilliseconds = 10 * 60_000;

/** Whether a refusal that may pass is still waited out. */
export function isNotYet({ refusedSince }: RunRecord, now: number): boolean {
  return now - (refusedSince ?? now) < notYetMilliseconds;
}

function refused(run: RunRecord, now: number): RunStep {
  return { record: run.refusedSince === undefined ? { ...run, refusedSince: now } : run, effects: [] };
}

/** Nobody can say whether the execution goes on: its tasks are stopped, and its slot is freed. */
function deniedForGood(run: RunRecord, reason: string, now: number): RunStep {
  if (mayHaveStarted(run)) return settleOnly(launchedOrNot(run));
  if (run.status !== 'RUNNING') return { record: run, effects: [] };
  const why = { error: 'Gluewright.AccessDenied', errorCause: reason.slice(0, 2000) };
  return end({ ...run, ...why }, 'ABORTED', now);
}

function admit({ id, pipeline, status, trigger, outside, createdAt }: RunRecord): RunEffect {
  const named = typeof trigger.name === 'string' ? { trigger: trigger.name } : {};
  const asked: RunEffect = { do: 'admit', run: id, pipeline, known: status === 'QUEUED', ...named };
  if (outside === undefined) return asked;
  return { ...asked, known: false, outside: { asked: createdAt, ...(outside.kept ? { kept: true } : {}) } };
}

/** It has a place in the queue, or among those that are live. */
function letIn({ outside: _, ...run }: RunRecord): RunRecord {
  return run;
}

/** Started again, it is the same execution, of the definition that it was started with first. */
function asDefined(run: RunRecord, definition: string | undefined): RunRecord {
  return run.definition === undefined ? { ...run, ...present({ definition }) } : run;
}

function launched(run: RunRecord, executionArn: string, now: number): RunStep {
  if (run.status === 'PENDING' || run.status === 'QUEUED') {
    return {
      record: { ...launchedOrNot(run), status: 'RUNNING', startedAt: startOf(run, now), executionArn },
      effects: [],
    };
  }
  if (!hasEnded(run.status) || run.executionArn !== undefined) return { record: run, effects: [] };
  return settleOnly({ ...run, executionArn });
}

/** When its execution was asked for: tasks may have begun, and ended, before the answer came. */
function startOf({ startedAt, launching }: RunRecord, now: number): number {
  return startedAt ?? launching ?? now;
}

/** It is known what has come of its launch. */
function launchedOrNot({ launching: _, refusedSince: __, ...run }: RunRecord): RunRecord {
  return run;
}

/** Stopped while it was being started: it is over for us, and not yet for Step Functions, perhaps. */
function mayHaveStarted({ status, launching }: RunRecord): boolean {
  return status === 'ABORTED' && launching !== undefined;
}

function settleOnly(run: RunRecord): RunStep {
  return { record: run, effects: settleIfEnded(run) };
}

function executionSays(run: RunRecord, signal: RunSignal & { is: 'execution' }, now: number): RunStep {
  const { status, executionArn, error, cause } = signal;
  const { refusedSince, ...answered } = run;
  const known = refusedSince === undefined ? run : answered;
  const seen: RunRecord = known.executionArn === executionArn ? known : { ...known, executionArn };
  if (status === 'RUNNING') {
    if (run.status !== 'PENDING' && run.status !== 'QUEUED') return { record: seen, effects: [] };
    return { record: { ...seen, status: 'RUNNING', startedAt: startOf(run, now) }, effects: [] };
  }
  const ended = endStatuses.find((known) => known === status);
  if (ended === undefined) return { record: seen, effects: [] };
  if (run.status === ended || hasFinished(run)) return settleOnly(launchedOrNot(seen));
  const why: RunRecord = {
    ...launchedOrNot(seen),
    ...present({ error }),
    ...(cause === undefined ? {} : { errorCause: cause.slice(0, 2000) }),
  };
  return end(why, ended, signal.endedAt ?? now);
}

/** All its tasks had ended: it stays what they made of it, even if its execution is cut off before its last answer. */
function hasFinished({ status, finished }: RunRecord): boolean {
  return finished !== undefined && (status === 'SUCCEEDED' || status === 'FAILED');
}

function stop(run: RunRecord, now: number, by: string | undefined): RunStep {
  if (hasEnded(run.status)) return { record: run, effects: settleIfEnded(run) };
  const stopped: RunRecord = run.stopRequested ? run : { ...run, stopRequested: true, ...present({ cancelledBy: by }) };
  if (run.status !== 'RUNNING') return end(stopped, 'ABORTED', now);
  return { record: stopped, effects: tick(stopped) };
}

function end(run: RunRecord, status: RunStatus, endedAt: number): RunStep {
  const ended: RunRecord = { ...run, status, endedAt: run.endedAt ?? endedAt };
  return { record: ended, effects: settleIfEnded(ended) };
}

function settleIfEnded(run: RunRecord): RunEffect[] {
  const { id, pipeline, status, settled } = run;
  if (mayHaveStarted(run)) return [{ do: 'halt', run }];
  return settled || !hasEnded(status) ? [] : [{ do: 'settle', run: id, pipeline }];
}

function tick(run: RunRecord): RunEffect[] {
  const { executionArn, status } = run;
  if (status === 'PENDING' || status === 'QUEUED') return [admit(run)];
  if (status !== 'RUNNING') return settleIfEnded(run);
  if (executionArn === undefined) return [];
  const ask: RunEffect = { do: 'ask-execution', run, executionArn };
  return run.stopRequested ? [{ do: 'stop-execution', run, executionArn }, ask] : [ask];
}

/** It took a place when it was over already: a stop, or the same request again, was faster. */
function giveBack({ id, pipeline, status }: RunRecord): RunEffect[] {
  return hasEnded(status) ? [{ do: 'settle', run: id, pipeline }] : [];
}
