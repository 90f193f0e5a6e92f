import type { Simulate, SimulatedRun } from '../local/glue/simulated-runner.ts';
import type { SimulateWork } from '../local/work/simulated-worker.ts';
import { present } from '../shared/json.ts';

/** How one run of a job ends. By default it takes a minute and succeeds. */
export type JobEnd = Partial<SimulatedRun>;

/** A job run to simulate. */
export type SimulatedJob = {
  readonly run: string;
  readonly task: string;
  /** From 1. */
  readonly attempt: number;
  readonly job: string;
  /** Names with `--`, including the job's defaults and Gluewright's own. */
  readonly arguments: Readonly<Record<string, string>>;
};

/** The same end for each attempt; or one for each attempt, repeating the last; or a function of the run. */
export type JobBehaviour = JobEnd | readonly JobEnd[] | ((job: SimulatedJob) => JobEnd);

/**
 * Ends by task. Work whose service does not know the task, such as a crawl, goes by its own name. Other work takes a
 * minute and succeeds.
 */
export type JobBehaviours = Readonly<Record<string, JobBehaviour>>;

const ends = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  TIMEOUT: 'timed_out',
  STOPPED: 'stopped',
} as const satisfies Record<NonNullable<JobEnd['state']>, string>;

/** Work whose service does not know the task has its own name, such as the crawler's. */
export function simulateWorks(behaviours: JobBehaviours): SimulateWork {
  return ({ name, ordinal: attempt }) => {
    const behaviour = Object.hasOwn(behaviours, name) ? behaviours[name] : undefined;
    const subject = { run: '', task: name, attempt, job: name, arguments: {} };
    const {
      seconds,
      startupSeconds = 0,
      state = 'SUCCEEDED',
      errorMessage,
      output,
    } = {
      ...minute,
      ...(behaviour === undefined ? {} : endOf(behaviour, subject)),
    };
    const message = errorMessage ?? (state === 'SUCCEEDED' ? undefined : `Simulated: ${state}`);
    return { seconds: startupSeconds + seconds, state: ends[state], ...present({ message, output }) };
  };
}

const minute: SimulatedRun = { seconds: 60 };

export function simulateJobs(behaviours: JobBehaviours): Simulate {
  return ({ job, arguments: given }) => {
    const task = given['--gluewright_task'] ?? job.name;
    const attempt = Number(given['--gluewright_attempt'] ?? 1);
    const behaviour = Object.hasOwn(behaviours, task) ? behaviours[task] : undefined;
    if (behaviour === undefined) return minute;
    const subject = { run: given['--gluewright_run'] ?? '', task, attempt, job: job.name, arguments: given };
    return { ...minute, ...endOf(behaviour, subject) };
  };
}

function endOf(behaviour: JobBehaviour, job: SimulatedJob): JobEnd {
  if (typeof behaviour === 'function') return behaviour(job);
  if (!isSequence(behaviour)) return behaviour;
  return behaviour[Math.min(job.attempt, behaviour.length) - 1] ?? minute;
}

function isSequence(behaviour: JobEnd | readonly JobEnd[]): behaviour is readonly JobEnd[] {
  return Array.isArray(behaviour);
}
