import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';

/** Everything that a runner needs to know about a job run. */
export type RunnableJobRun = {
  readonly id: string;
  readonly job: Job;
  /** The job's defaults and the run's own arguments, with their `--`. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Counts the job's runs, from 1. */
  readonly ordinal: number;
  /** When the run was first passed to a runner, in epoch milliseconds. */
  readonly launchedOn: number;
};

export type RunnerReport =
  | { readonly is: 'running' }
  /** `at` is when it happened, in epoch milliseconds, if nobody was watching. Absent: now. */
  | ({ readonly is: 'ended'; readonly at?: number } & (
      | { readonly state: 'SUCCEEDED' }
      | { readonly state: 'FAILED' | 'TIMEOUT' | 'STOPPED' | 'ERROR'; readonly errorMessage: string }
    ));

/** Runs jobs as processes, or simulates them. */
export interface JobRunner {
  /**
   * Starts the run and reports `running` and then `ended`, once each. A second call after a restart resumes the run.
   */
  run(run: RunnableJobRun, report: (report: RunnerReport) => void): void;
  /** Stops the run, which reports its end as usual. Has no effect on an ended run. */
  stop(id: string): void;
  /** Checks on runs that may have lost their report. */
  look(): void;
  /** Detaches from all runs without ending them. */
  close(): void;
}
