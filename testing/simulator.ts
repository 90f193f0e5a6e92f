import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { createVirtualClock } from '../local/clock/virtual-clock.ts';
import { BrokenCall } from '../local/faults/perform-call.ts';
import { InvocationLost, invoke } from '../local/lambda/invocation.ts';
import { openRuntime, type Runtime } from '../local/runtime.ts';
import type { RuntimeOptions } from '../local/runtime-options.ts';
import { type RunAnswer, type RunRequest, startRun } from '../shared/actors/start-run.ts';
import { present } from '../shared/json.ts';
import type { Channels } from '../shared/model/channel.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import type { Pools } from '../shared/model/pool.ts';
import type { Message } from '../shared/notices/message.ts';
import type { RerunHow } from '../shared/runs/run/plan-rerun.ts';
import type { LogEntry } from '../shared/services/system.ts';
import type { Decision } from '../shared/tasks/kind/waiting-work.ts';
import { type Decided, decide } from '../shared/use-cases/requests/decide.ts';
import { rerun } from '../shared/use-cases/requests/rerun.ts';
import { stopRun } from '../shared/use-cases/requests/stop-run.ts';
import { outcomesOf } from '../shared/views/run/read-outcomes.ts';
import { readRunRecords } from '../shared/views/run/read-run-records.ts';
import { type Appearances, letAppear, statusOf } from './appearances.ts';
import { checkNames } from './check-names.ts';
import { createFaultDial, type FaultSettings } from './fault-dial.ts';
import { type JobBehaviours, simulateJobs, simulateWorks } from './job-behaviour.ts';
import { loadFirst } from './load-first.ts';
import { createRandom } from './random.ts';
import { readSource } from './read-source.ts';
import { jobsOf, simulatedJobRuns } from './simulated-jobs.ts';
import { type SimulatedPool, simulatedPool } from './simulated-pool.ts';
import {
  type SimulatedJobRun,
  type SimulatedRun,
  type SimulatedTaskWork,
  simulatedRun,
  simulatedTaskWork,
} from './simulated-run.ts';

export type SimulatorOptions = Appearances & {
  readonly jobs?: JobBehaviours;
  readonly faults?: FaultSettings;
  /** The seed of all random draws but the faults. 1 by default. */
  readonly seed?: number;
  /** The virtual time at the start. */
  readonly start?: Date;
  /** Each job's limit of concurrent runs. 100 by default. */
  readonly maxConcurrentRuns?: Readonly<Record<string, number>>;
  /** Who is notified: see `notify` in docs/notifications.md. */
  readonly channels?: Channels;
  /** How many places each pool has. Pools that are not listed have no limit. */
  readonly pools?: Pools;
  readonly room?: NonNullable<RuntimeOptions['room']>;
  readonly reconcileSeconds?: number;
};

/** A log line of the functions, in seconds since the start. */
export type HistoryLine = { readonly at: number } & LogEntry;

/** A message to a channel and when, in seconds since the beginning. */
export type Notification = { readonly at: number; readonly channel: string } & Message;

/** All of Gluewright on a virtual clock. Requests are repeated until they are answered. */
export interface Simulator {
  readonly runtime: Runtime;
  /** Seconds since the start. */
  seconds(): number;
  /** Lets time pass until nothing is pending, or `until()` is true. */
  pass(seconds: number, until?: () => boolean): Promise<void>;
  startRun(request: RunRequest): Promise<RunAnswer>;
  stopRun(run: string): Promise<void>;
  /** Somebody approves or rejects. */
  decide(run: string, task: string, decision: Omit<Decision, 'at'>): Promise<Decided>;
  /** Acts as a person in the console does, without Gluewright. */
  abortExecution(run: string): Promise<void>;
  rerun(run: string, how: RerunHow): Promise<RunAnswer>;
  /** Lets time pass until the runs are over and none of their work is running. False: they were not over within `seconds`. */
  finish(runs: readonly string[], seconds: number): Promise<boolean>;
  look(run: string): Promise<SimulatedRun>;
  /** How many places of a pool are held, and how many tasks wait. */
  pool(name: string): Promise<SimulatedPool>;
  /** All job runs, in the order of their start. */
  jobRuns(): Promise<readonly SimulatedJobRun[]>;
  /** All work of other kinds, in the order of its start. */
  works(): readonly SimulatedTaskWork[];
  readonly history: readonly HistoryLine[];
  /** What people were notified of. */
  readonly notifications: readonly Notification[];
  /** The injected faults. */
  readonly faults: readonly string[];
  /** Unexpected errors: bugs. */
  readonly surprises: readonly unknown[];
  close(): void;
}

const defaultStart = new Date(Date.UTC(2026, 0, 1));
const lookSeconds = 60;
const again = { times: 40, milliseconds: 15_000 };

/**
 * @param sources pipelines, or the paths of pipeline files
 * @throws {NotSimulated}
 * @throws {NotCompiled}
 */
export async function openSimulator(
  sources: readonly (Pipeline | string)[],
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const pipelines = await Promise.all(sources.map(readSource));
  checkNames(pipelines, options);
  await loadFirst();
  const start = (options.start ?? defaultStart).getTime();
  const clock = createVirtualClock(start);
  const random = createRandom(options.seed ?? 1);
  const dial = createFaultDial(options.faults ?? {}, () => clock.now());
  const history: HistoryLine[] = [];
  const notifications: Notification[] = [];
  const surprises: unknown[] = [];
  const seconds = (): number => (clock.now() - start) / 1_000;
  const jobs = jobsOf(pipelines, options.maxConcurrentRuns ?? {});
  // no time passes while it opens
  const resume = dial.pause();
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines,
    jobs,
    simulate: simulateJobs(options.jobs ?? {}),
    simulateWork: simulateWorks(options.jobs ?? {}),
    uuid: random.uuid,
    random: random.next,
    visit: async (url) => statusOf(url, seconds(), options),
    notify: async (channel, _, message) => void notifications.push({ at: seconds(), channel, ...message }),
    log: (entry) => history.push({ at: seconds(), ...entry }),
    onSurprise(error) {
      if (!(error instanceof BrokenCall || error instanceof InvocationLost)) surprises.push(error);
    },
    schedules: false,
    ...(options.faults === undefined ? {} : { faults: dial.faults }),
    ...present({
      channels: options.channels,
      pools: options.pools,
      room: options.room,
      reconcileSeconds: options.reconcileSeconds,
    }),
  });
  letAppear(runtime, clock, start, options);
  resume();
  const { system } = runtime;

  /** Acts as a function of the API whose caller repeats the request. */
  async function request<T>(act: () => Promise<T>): Promise<T> {
    let answered: { readonly value: T } | { readonly error: unknown } | undefined;
    const attempt = (left: number): void => {
      invoke({ name: 'api', clock, skew: 0, timeoutSeconds: 30 }, act).then(
        (value) => {
          answered = { value };
        },
        (error: unknown) => {
          if (left === 0) answered = { error };
          else clock.at(clock.now() + again.milliseconds, () => attempt(left - 1));
        },
      );
    };
    attempt(again.times);
    await clock.run(() => answered !== undefined);
    if (answered === undefined) throw new Error('the request was never answered');
    if ('error' in answered) throw answered.error;
    return answered.value;
  }

  async function pass(forSeconds: number, until: () => boolean = () => false): Promise<void> {
    const end = clock.now() + forSeconds * 1_000;
    let over = false;
    const cancel = clock.at(end, () => {
      over = true;
    });
    await clock.run(() => over || until());
    cancel();
  }

  async function quietly<T>(act: () => Promise<T>): Promise<T> {
    const resumed = dial.pause();
    try {
      return await act();
    } finally {
      resumed();
    }
  }

  const jobRuns = () => quietly(() => simulatedJobRuns(runtime.clients.glue, Object.keys(jobs), start));

  return {
    runtime,
    seconds,
    pass,
    startRun: (asked) => request(() => startRun(system, asked)),
    decide: (run, task, decision) => request(() => decide(system, { run, task }, decision)),
    stopRun: async (run) => void (await request(() => stopRun(system, run))),
    async abortExecution(run) {
      const arn = (await quietly(() => readRunRecords(system, run)))?.run.executionArn;
      if (arn === undefined) return;
      await quietly(() => runtime.clients.sfn.send(new StopExecutionCommand({ executionArn: arn })));
    },
    rerun(run, how) {
      const key = random.uuid();
      return request(() => rerun(system, run, how, key));
    },
    async finish(runs, within) {
      const end = seconds() + within;
      for (;;) {
        // pause only once: each call would resume the faults for readers in progress
        const details = await quietly(() => Promise.all(runs.map((run) => readRunRecords(system, run))));
        if (details.every((known) => known?.run.settled === true)) return true;
        if (seconds() >= end) return false;
        await pass(Math.min(lookSeconds, end - seconds()));
      }
    },
    async look(run) {
      const details = await quietly(() => readRunRecords(system, run));
      if (details === undefined) throw new Error(`there is no run ${run}`);
      const ours = (await jobRuns()).filter((jobRun) => jobRun.run === run);
      return simulatedRun(details.run, await quietly(() => outcomesOf(system, details)), ours, start);
    },
    pool: (name) => quietly(() => simulatedPool(system.ledger, name)),
    jobRuns,
    works: () => runtime.works.all().map((work) => simulatedTaskWork(work, start)),
    history,
    notifications,
    faults: dial.happened,
    surprises,
    // what is slow would have to be waited for
    close: () => runtime.abandon(),
  };
}
