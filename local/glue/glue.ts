import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { EventEntry } from '../events/event.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import { transaction } from '../storage/transaction.ts';
import { dashed, dpusOf, timeoutOf } from './glue-job.ts';
import { glueOperations, type StartJobRun } from './glue-operations.ts';
import { describeJobRun, hasEnded, type JobRun } from './job-run.ts';
import { openJobRunStore } from './job-run-store.ts';
import type { JobRunner, RunnerReport } from './job-runner.ts';
import { jobStateChange } from './job-state-change.ts';

export type GlueOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly runner: JobRunner;
  readonly emit: (entry: EventEntry) => void;
};

export interface Glue extends Service {
  /**
   * Starts a job run once for each key, and resolves with the ended run as `GetJobRun` returns it.
   *
   * @param started called with the run's id
   * @throws {ServiceError} if the run cannot start
   */
  runToEnd(key: string, input: unknown, started: (id: string) => void): Promise<Record<string, unknown>>;
  /** Stops the run that `runToEnd` started with the key, if any. */
  stopByKey(key: string): void;
  /**
   * Resumes the job runs that an earlier process left open. It stops runs of `runToEnd` that nobody has asked for again
   * by then.
   */
  recover(): void;
  /** Runs of a job, newest first. */
  runs(job: string): readonly JobRun[];
  /** Looks for job runs that ended unnoticed. */
  look(): void;
  /** Jobs that are processes keep running. */
  close(): void;
}

/** Log listings omit older runs. */
const mostRuns = 200;

/** Glue's jobs. */
export function createGlue(options: GlueOptions): Glue {
  const { clock, database, runner } = options;
  const store = openJobRunStore(database);
  const timers = createTimers(clock);
  const ordinals = new Map(store.countByJob());
  const consuming = new Map<string, Set<string>>();
  const timeouts = new Map<string, () => void>();
  const awaited = new Map<string, (run: JobRun) => void>();
  /** What an earlier process left open. It counts from the first moment; `recover` resumes it. */
  const left = store.open();
  const waiting = left.filter((run) => run.state === 'WAITING');
  for (const run of left) if (run.state !== 'WAITING') consumingOf(run.job).add(run.id);

  function start(request: StartJobRun, awaitedAs?: string): JobRun {
    const { job } = request;
    const full = consumingOf(job.name).size >= job.maxConcurrentRuns;
    if (full && !request.queuing) {
      throw new ServiceError('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${job.name}`);
    }
    const ordinal = (ordinals.get(job.name) ?? 0) + 1;
    ordinals.set(job.name, ordinal);
    const now = clock.now();
    const run: JobRun = {
      id: awaitedAs ?? `jr_${options.uuid()}${options.uuid()}`.replaceAll('-', ''),
      job: job.name,
      state: full ? 'WAITING' : 'STARTING',
      arguments: request.arguments,
      ordinal,
      timeoutMinutes: request.timeoutMinutes ?? timeoutOf(job),
      startedOn: now,
      modifiedOn: now,
      dpus: dpusOf(job),
      queuing: request.queuing,
      ...(awaitedAs !== undefined && { awaited: true }),
    };
    store.insert(run);
    if (full) waiting.push(run);
    else launch(run, job);
    return run;
  }

  /** Passes a recorded run to the runner, which also finds runs that it started earlier. */
  function launch(run: JobRun, job: Job): void {
    consumingOf(run.job).add(run.id);
    const args = { ...dashed(job.args), ...run.arguments };
    const launchedOn = run.launchedOn ?? run.startedOn;
    runner.run({ id: run.id, job, arguments: args, ordinal: run.ordinal, launchedOn }, (report) =>
      timers.retryWrite(() => onReport(run.id, report)),
    );
  }

  function onReport(id: string, report: RunnerReport): void {
    const run = store.get(id);
    if (run === undefined || hasEnded(run)) return;
    if (report.is === 'running') onRunning(run);
    else onEnded(run, report);
  }

  function onRunning(run: JobRun): void {
    const now = clock.now();
    const runningSince = run.runningSince ?? now;
    timeouts.get(run.id)?.();
    timeouts.set(
      run.id,
      timers.at(runningSince + run.timeoutMinutes * 60_000, () => stop(run.id, 'timeout')),
    );
    if (run.runningSince !== undefined) return;
    store.update({ ...run, state: run.state === 'STOPPING' ? run.state : 'RUNNING', runningSince, modifiedOn: now });
  }

  function onEnded(run: JobRun, report: RunnerReport & { is: 'ended' }): void {
    // A stopped job may still succeed. Any other end is an effect of the stop.
    const cut = report.state === 'SUCCEEDED' ? undefined : run.stopping;
    const state = cut === 'timeout' ? 'TIMEOUT' : cut === 'stopped' ? 'STOPPED' : report.state;
    const errorMessage =
      state === 'TIMEOUT' ? 'Job run timed out' : 'errorMessage' in report ? report.errorMessage : '';
    settle({ ...run, state, ...(state === 'SUCCEEDED' || state === 'STOPPED' ? {} : { errorMessage }) }, report.at);
  }

  /** @param endedOn absent: now */
  function settle(run: JobRun, endedOn = Number.POSITIVE_INFINITY): void {
    const now = clock.now();
    const completedOn = Math.max(run.startedOn, Math.min(endedOn, now));
    const ended = { ...run, modifiedOn: now, completedOn };
    const change = jobStateChange(ended);
    transaction(database, () => {
      store.update(ended);
      if (change !== undefined) options.emit(change);
    });
    const at = waiting.findIndex(({ id }) => id === run.id);
    if (at !== -1) waiting.splice(at, 1);
    timeouts.get(run.id)?.();
    timeouts.delete(run.id);
    consumingOf(run.job).delete(run.id);
    timers.retryWrite(() => admitNext(run.job));
    awaited.get(run.id)?.(ended);
    awaited.delete(run.id);
  }

  function admitNext(name: string): void {
    const at = waiting.findIndex((run) => run.job === name);
    const job = options.jobs.get(name);
    const next = waiting[at];
    if (next === undefined || job === undefined || consumingOf(name).size >= job.maxConcurrentRuns) return;
    const run: JobRun = { ...next, state: 'STARTING', launchedOn: clock.now(), modifiedOn: clock.now() };
    store.update(run);
    waiting.splice(at, 1);
    launch(run, job);
  }

  /** @returns the reason if it cannot be stopped */
  function stop(id: string, why: 'stopped' | 'timeout'): 'absent' | 'ended' | undefined {
    const run = store.get(id);
    if (run === undefined) return 'absent';
    if (hasEnded(run)) return why === 'timeout' || run.state === 'STOPPED' ? undefined : 'ended';
    if (run.state === 'WAITING') {
      settle({ ...run, state: 'STOPPED' });
      return undefined;
    }
    if (run.stopping === undefined) {
      store.update({ ...run, state: 'STOPPING', stopping: why, modifiedOn: clock.now() });
    }
    runner.stop(id);
    return undefined;
  }

  function consumingOf(job: string): Set<string> {
    const runs = consuming.get(job) ?? new Set<string>();
    consuming.set(job, runs);
    return runs;
  }

  const operationsWith = (startRun: (request: StartJobRun) => JobRun) =>
    glueOperations({ jobs: options.jobs, clock, store, start: startRun, stop: (id) => stop(id, 'stopped') });

  return {
    operations: operationsWith((request) => start(request)),
    async runToEnd(key, input, started) {
      const id = idOf(key);
      if (store.get(id) === undefined) await operationsWith((request) => start(request, id)).StartJobRun?.(input);
      started(id);
      const now = store.get(id);
      const run = now !== undefined && hasEnded(now) ? now : await new Promise<JobRun>((end) => awaited.set(id, end));
      return describeJobRun(run, clock.now());
    },
    stopByKey: (key) => void stop(idOf(key), 'stopped'),
    recover() {
      for (const run of left) {
        const job = options.jobs.get(run.job);
        // Glue's own error for a run of a deleted job.
        if (job === undefined) settle({ ...run, state: 'ERROR', errorMessage: `Job ${run.job} no longer exists` });
        else if (run.state !== 'WAITING') launch(run, job);
        if (run.stopping !== undefined) runner.stop(run.id);
        // The waiting state has moved on, and the process died before it could stop the run.
        else if (job !== undefined && run.awaited === true && !awaited.has(run.id)) stop(run.id, 'stopped');
      }
      for (const job of new Set(waiting.map((run) => run.job))) admitNext(job);
    },
    runs: (job) => store.page(job, mostRuns).runs,
    look: () => runner.look(),
    close() {
      timers.cancelAll();
      runner.close();
    },
  };
}

/** Finds the run that was started earlier with the same key. */
function idOf(key: string): string {
  return `jr_${createHash('sha256').update(key).digest('hex')}`;
}
