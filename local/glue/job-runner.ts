import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';

/** A job run as its runner needs it. */
export type RunnableJobRun = {
  readonly id: string;
  readonly job: Job;
  /** The job's defaults and the run's own, with their `--`. */
  readonly arguments: Readonly<Record<string, string>>;
  /** The how-manieth run of its job it is, from 1. */
  readonly ordinal: number;
  /** When it was handed over for the first time, in epoch milliseconds. */
  readonly launchedOn: number;
};

export type RunnerReport =
  | { readonly is: 'running' }
  /** `at`: when, in epoch milliseconds, where nobody was there to see it. Absent: now. */
  | ({ readonly is: 'ended'; readonly at?: number } & (
      | { readonly state: 'SUCCEEDED' }
      | { readonly state: 'FAILED' | 'TIMEOUT' | 'STOPPED' | 'ERROR'; readonly errorMessage: string }
    ));

/** How job runs are run: as processes, or simulated. */
export interface JobRunner {
  /**
   * Starts the run; called again for the same run after a restart, it finds what it started before.
   * Reports `running` and then `ended`, once each.
   */
  run(run: RunnableJobRun, report: (report: RunnerReport) => void): void;
  /** The end is reported as any other. A run that has ended is left alone. */
  stop(id: string): void;
  /** Looks after runs that no report may be on its way for. */
  look(): void;
  /** Lets go of all runs without ending them. */
  close(): void;
}
