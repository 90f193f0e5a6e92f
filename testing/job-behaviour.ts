import type { Simulate, SimulatedRun } from '../local/glue/simulated-runner.ts';
import type { SimulateWork } from '../local/work/simulated-worker.ts';
import { present } from '../shared/json.ts';

/** What one run of a job does. By default it takes a minute and succeeds. */
export type JobEnd = Partial<SimulatedRun>;

/** A job run that is to be simulated. */
export type SimulatedJob = {
  readonly run: string;
  readonly task: string;
  /** From 1. */
  readonly attempt: number;
  readonly job: string;
  /** Names with `--`, those of the job's defaults and those of Gluewright included. */
  readonly arguments: Readonly<Record<string, string>>;
};

/** The same at each attempt; or one end for each attempt, the last for all that follow; or made up as it comes. */
export type JobBehaviour = JobEnd | readonly JobEnd[] | ((job: SimulatedJob) => JobEnd);

/**
 * By task; work of which its service does not know the task, such as a crawl, by the name of what runs. What is not named
 * takes a minute and succeeds.
 */
export type JobBehaviours = Readonly<Record<string, JobBehaviour>>;

const ends = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  TIMEOUT: 'timed_out',
  STOPPED: 'stopped',
} as const satisfies Record<NonNullable<JobEnd['state']>, string>;

/** Work of which its service does not know the task goes by the name of what runs, such as a crawler's. */
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
