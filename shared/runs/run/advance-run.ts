import { present } from '../../json.ts';
import type { Moment } from '../../ledger/decision.ts';
import { endStatuses, hasEnded, type RunRecord, type RunStatus } from './run-record.ts';
import type { RunEffect, RunSignal, RunStep } from './run-signal.ts';

/**
 * An execution that Step Functions does not know is given up after this time, because its API is eventually
 * consistent.
 */
const patienceMilliseconds = 15 * 60_000;

/** Longer than any function may run: an execution that does not exist by then never will. */
const launchMilliseconds = 5 * 60_000;

/** Decides what happens to a run, given its record and a signal. */
export function advanceRun(record: RunRecord | undefined, signal: RunSignal, { now }: Moment): RunStep {
  const run = record ?? newRun(signal, now);
  if (run === undefined) return { record, effects: [] };
  const { status } = run;
  const nothing: RunStep = { record, effects: [] };
  // somebody gave an execution of another pipeline this name
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

/** A requested run, or an execution that somebody started directly: it is shown and cleaned up as well. */
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

/** How long a resource of a recent deployment may be missing or not yet allowed. */
const notYetMilliseconds = 10 * 60_000;

/** Whether to keep waiting for a refusal that may pass. */
export function isNotYet({ refusedSince }: RunRecord, now: number): boolean {
  return now - (refusedSince ?? now) < notYetMilliseconds;
}

function refused(run: RunRecord, now: number): RunStep {
  return { record: run.refusedSince === undefined ? { ...run, refusedSince: now } : run, effects: [] };
}

/** Nobody can tell whether the execution is running: stop its tasks and free its slot. */
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

/** The run is queued or live. */
function letIn({ outside: _, ...run }: RunRecord): RunRecord {
  return run;
}

/** Starting it again gives the same execution, with the definition of its first start. */
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

/** When its execution was requested. Tasks may have begun, and ended, before the answer came. */
function startOf({ startedAt, launching }: RunRecord, now: number): number {
  return startedAt ?? launching ?? now;
}

/** The result of its launch is known. */
function launchedOrNot({ launching: _, refusedSince: __, ...run }: RunRecord): RunRecord {
  return run;
}

/** Stopped while it was starting: over for us, perhaps not yet for Step Functions. */
function mayHaveStarted({ status, launching }: RunRecord): boolean {
  return status === 'ABORTED' && launching !== undefined;
}

function settleOnly(run: RunRecord): RunStep {
  return { record: run, effects: settleIfEnded(run) };
}

function executionSays(run: RunRecord, signal: RunSignal & { is: 'execution' }, now: number): RunStep {
  const { status, executionArn, error, cause } = signal;
  const { refusedSince, ...answered } = run;
  const known = startedByHand(refusedSince === undefined ? run : answered, signal.startedAt);
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

/** Nobody announced an execution that people start, so its record begins when it is first heard of, often at its end. */
function startedByHand(run: RunRecord, startedAt: number | undefined): RunRecord {
  if (run.trigger.kind !== 'execution' || startedAt === undefined) return run;
  return (run.startedAt ?? Number.POSITIVE_INFINITY) > startedAt ? { ...run, startedAt } : run;
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

/** The run took a slot after it was over, because a stop or a repeated request was faster. */
function giveBack({ id, pipeline, status }: RunRecord): RunEffect[] {
  return hasEnded(status) ? [{ do: 'settle', run: id, pipeline }] : [];
}
