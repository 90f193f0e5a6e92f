import type { JobRun } from '@aws-sdk/client-glue';
import { jobRunKey, runKey, taskKey } from '../ledger/ledger-keys.ts';
import { taskNews } from '../news/task-news.ts';
import type { TaskResult } from '../protocol/messages.ts';
import { runIsOver } from '../runs/run/run-record.ts';
import { advanceTask } from '../runs/task/advance-task.ts';
import { outputAddress } from '../runs/task/output-address.ts';
import { outputBytes, readOutput } from '../runs/task/read-output.ts';
import { isOpen, type TaskRecord, taskIndex, taskRecord } from '../runs/task/task-record.ts';
import type { JobOrder, TaskEffect, TaskSignal } from '../runs/task/task-signal.ts';
import { findJobRuns, getJobRun, startJobRun, stopJobRuns, stoppedAtOnce, timesOf } from '../services/glue.ts';
import { failureOf, isDenied, mayPass } from '../services/service-error.ts';
import { sendFailure, sendSuccess } from '../services/sfn.ts';
import type { System } from '../services/system.ts';
import { advance, type Machine } from './advance.ts';

export type TaskRef = { readonly run: string; readonly task: string };

/** Takes signals to a task of a run. */
export function signalTask(system: System, ref: TaskRef, ...signals: TaskSignal[]): Promise<TaskRecord | undefined> {
  return advance(system, taskMachine, taskKey(ref.run, ref.task), ...signals);
}

/** Tries to start what Glue has refused. True: it has started, or Glue has no room still. False: there was nothing to start. */
export async function startWaiting(system: System, { run, task }: TaskRef): Promise<boolean> {
  let tried = false;
  const perform: typeof taskMachine.perform = (within, effect) => {
    tried ||= effect.do === 'start-job';
    return taskMachine.perform(within, effect);
  };
  const record = await advance(system, { ...taskMachine, perform }, taskKey(run, task), { is: 'slot' });
  return tried && record !== undefined && isOpen(record);
}

type Effect<Do extends TaskEffect['do']> = Extract<TaskEffect, { do: Do }>;

const taskMachine: Machine<TaskRecord, TaskSignal, TaskEffect> = {
  schema: taskRecord,
  decide: advanceTask,
  index: taskIndex,
  news: taskNews,
  async perform(system, effect) {
    switch (effect.do) {
      case 'start-job':
        return [await start(system, effect)];
      case 'find-job':
        return find(system, effect);
      case 'ask-job':
        return ask(system, effect.job, effect.jobRunId);
      case 'stop-job':
        return stopWork(system, effect.job, [effect.jobRunId]);
      case 'read-output':
        return [await read(system, effect)];
      case 'deliver':
        return deliver(system, effect);
    }
  },
};

async function start(
  system: System,
  { order, attempt, try: count }: Effect<'start-job' | 'find-job'>,
): Promise<TaskSignal> {
  const answer = { attempt, try: count };
  // the attempt is recorded, so whoever ends the run sees it; and here is seen whether somebody has
  const run = await system.ledger.get(runKey(order.run));
  if (run !== undefined && runIsOver(run.value)) return { is: 'too-late', ...answer };
  const subject = { run: order.run, task: order.task, attempt, job: order.work.job };
  try {
    const jobRunId = await startJobRun(system.glue, system.stack, system.outputBucket, order);
    system.log({ message: 'job started', ...subject, jobRunId });
    return { is: 'started', attempt, jobRunId };
  } catch (error) {
    const failure = failureOf(error);
    const { kind, name, reason } = failure;
    system.log({ message: `job start ${kind}`, ...subject, error: name });
    if (kind === 'fatal') return { is: kind, reason, ...answer, ...(mayPass(failure) ? { mayPass: true } : {}) };
    return kind === 'ambiguous' ? { is: kind, ...answer } : { is: kind, reason, ...answer };
  }
}

async function find(
  system: System,
  { order, attempt, try: count }: Effect<'start-job' | 'find-job'>,
): Promise<TaskSignal[]> {
  try {
    const found = await findJobRuns(system.glue, system.stack, system.outputBucket, order);
    for (const run of found) {
      if (run.Id === undefined || (!order.work.inject && (await isAnothers(system, run.Id, order)))) continue;
      return [jobSignal(run, run.Id, attempt)];
    }
    return [{ is: 'not-found', attempt, try: count }];
  } catch (error) {
    // a job that does not exist has no runs
    const failure = failureOf(error);
    if (failure.name === 'EntityNotFoundException') return [{ is: 'not-found', attempt, try: count }];
    return isDenied(failure) ? [{ is: 'denied', reason: failure.reason }] : [];
  }
}

async function isAnothers(system: System, jobRunId: string, { run, task, attempt }: JobOrder) {
  const known = (await system.ledger.get(jobRunKey(jobRunId)))?.value;
  return known !== undefined && (known.run !== run || known.task !== task || known.attempt !== attempt);
}

async function ask(system: System, job: string, jobRunId: string): Promise<TaskSignal[]> {
  try {
    const run = await getJobRun(system.glue, job, jobRunId);
    return run === undefined ? [] : [jobSignal(run, jobRunId)];
  } catch (error) {
    const failure = failureOf(error);
    if (isDenied(failure)) return [{ is: 'denied', reason: failure.reason }];
    return failure.name === 'EntityNotFoundException' ? [{ is: 'job-gone', jobRunId }] : [];
  }
}

export function jobSignal(run: JobRun, jobRunId: string, attempt?: number): TaskSignal {
  return {
    is: 'job',
    jobRunId,
    state: run.JobRunState ?? 'UNKNOWN',
    times: timesOf(run),
    ...(run.ErrorMessage === undefined ? {} : { message: run.ErrorMessage }),
    ...(attempt === undefined ? {} : { attempt }),
  };
}

/** @returns for each of the job runs, in no order, what its task is to know */
async function stopWork(system: System, job: string, jobRunIds: readonly string[]): Promise<TaskSignal[]> {
  try {
    await stopJobRuns(system.glue, job, jobRunIds);
    system.log({ message: 'job stop asked for', job, jobRunIds: [...jobRunIds] });
    return [];
  } catch (error) {
    const failure = failureOf(error);
    system.log({ message: 'job stop failed', level: 'warning', job, jobRunIds: [...jobRunIds], error: failure.name });
    const denial: TaskSignal[] = isDenied(failure) ? [{ is: 'denied', reason: failure.reason }] : [];
    return [...jobRunIds.map((jobRunId): TaskSignal => ({ is: 'stop-failed', jobRunId })), ...denial];
  }
}

/**
 * Stops tasks of one run together: Glue stops up to 25 runs of a job in one call.
 *
 * @returns how many of them still go on
 */
export async function stopTasks(system: System, run: string, tasks: readonly string[]): Promise<number> {
  const stops: { readonly task: string; readonly job: string; readonly jobRunId: string }[] = [];
  let open = 0;
  for (const task of tasks) {
    const perform: typeof taskMachine.perform = async (within, effect) => {
      if (effect.do !== 'stop-job') return taskMachine.perform(within, effect);
      stops.push({ task, job: effect.job, jobRunId: effect.jobRunId });
      return [];
    };
    const record = await advance(system, { ...taskMachine, perform }, taskKey(run, task), { is: 'stop' });
    if (record !== undefined && record.attempt.phase.at !== 'ended') open += 1;
  }
  for (const [job, ofJob] of Map.groupBy(stops, (stop) => stop.job)) {
    for (let from = 0; from < ofJob.length; from += stoppedAtOnce) {
      const batch = ofJob.slice(from, from + stoppedAtOnce);
      const jobRunIds = batch.map(({ jobRunId }) => jobRunId);
      const signals = await stopWork(system, job, jobRunIds);
      if (signals.length > 0) for (const { task } of batch) await signalTask(system, { run, task }, ...signals);
    }
  }
  return open;
}

async function read(system: System, { run, task, attempt, limit }: Effect<'read-output'>): Promise<TaskSignal> {
  try {
    const key = outputAddress(run, task, attempt);
    const output = readOutput(await system.objects.get(system.outputBucket, key, outputBytes), limit);
    const why = output.is === 'bad' ? { why: `${output.why} (s3://${system.outputBucket}/${key})` } : {};
    return { is: 'output', attempt, output: { ...output, ...why } };
  } catch (error) {
    const { kind, name, reason } = failureOf(error);
    system.log({ message: 'output not read', run, task, attempt, error: name });
    return { is: 'output', attempt, output: { is: 'unreadable', why: reason, passing: kind !== 'fatal' } };
  }
}

async function deliver(system: System, { token, ending }: Effect<'deliver'>): Promise<TaskSignal[]> {
  const delivery =
    ending.result === 'failed'
      ? await sendFailure(system.sfn, token, ending.error, ending.cause)
      : await sendSuccess(system.sfn, token, resultOf(ending));
  return delivery === 'later' ? [] : [{ is: 'delivered', token, as: delivery }];
}

function resultOf(ending: Extract<Effect<'deliver'>['ending'], { result: 'succeeded' | 'skipped' }>): TaskResult {
  if (ending.result === 'skipped' || ending.output === undefined) return { status: ending.result };
  return { status: ending.result, output: ending.output };
}
