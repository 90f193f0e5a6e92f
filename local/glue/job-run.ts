import { present } from '../../shared/json.ts'; /** The states of a job run, as the SDK's `JobRunState` has them. */
export type JobRunState =
  | 'WAITING'
  | 'STARTING'
  | 'RUNNING'
  | 'STOPPING'
  | 'STOPPED'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMEOUT'
  | 'ERROR'
  | 'EXPIRED';

/** The record of a job run. Times are in epoch milliseconds. */
export type JobRun = {
  readonly id: string;
  readonly job: string;
  readonly state: JobRunState;
  /** The run's own arguments without the job's defaults, as Glue returns them. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Counts the job's runs, from 1. */
  readonly ordinal: number;
  readonly timeoutMinutes: number;
  readonly startedOn: number;
  /** When it left the queue. Absent if it was never queued. */
  readonly launchedOn?: number;
  /** When it started to consume resources. Absent if it has not. */
  readonly runningSince?: number;
  readonly modifiedOn: number;
  readonly completedOn?: number;
  readonly errorMessage?: string;
  readonly dpus: number;
  readonly queuing: boolean;
  /** The caller waits for the end, and asks again after a restart. */
  readonly awaited?: true;
  /** Why it is STOPPING. */
  readonly stopping?: 'stopped' | 'timeout';
};

const ended: ReadonlySet<JobRunState> = new Set(['STOPPED', 'SUCCEEDED', 'FAILED', 'TIMEOUT', 'ERROR', 'EXPIRED']);

export function hasEnded(run: JobRun): boolean {
  return ended.has(run.state);
}

/** The run as `GetJobRun` returns it, with times in epoch seconds. */
export function describeJobRun(run: JobRun, now: number): Record<string, unknown> {
  const until = run.completedOn ?? now;
  const seconds = run.runningSince === undefined ? 0 : Math.max(0, Math.round((until - run.runningSince) / 1_000));
  return {
    Id: run.id,
    Attempt: 0,
    JobName: run.job,
    JobMode: 'SCRIPT',
    JobRunState: run.state,
    JobRunQueuingEnabled: run.queuing,
    Arguments: run.arguments,
    StartedOn: run.startedOn / 1_000,
    LastModifiedOn: run.modifiedOn / 1_000,
    ...(run.completedOn === undefined ? {} : { CompletedOn: run.completedOn / 1_000 }),
    ...present({ ErrorMessage: run.errorMessage }),
    ...(run.state === 'WAITING' ? { StateDetail: 'Waiting for another run of the job to end.' } : {}),
    PredecessorRuns: [],
    ExecutionTime: seconds,
    Timeout: run.timeoutMinutes,
    MaxCapacity: run.dpus,
    DPUSeconds: seconds * run.dpus,
    LogGroupName: '/aws-glue/jobs',
  };
}
