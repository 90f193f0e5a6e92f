/** Observations of a chaotic run: by Glue, by Step Functions, and in Gluewright's own view. Times are seconds. */
export type ObservedJobRun = {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  readonly state: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Its argument `--read`. */
  readonly read?: string;
};

export type ObservedTasks = Readonly<Record<string, { readonly status: string; readonly kept: boolean }>>;

export type ObservedRun = {
  readonly id: string;
  readonly kind: 'first' | 'second' | 'rerun';
  readonly status: string;
  readonly settled: boolean;
  readonly endedAt?: number;
  /** Undefined: no execution was ever started. */
  readonly executionStatus?: string;
  readonly tasks: ObservedTasks;
};

export type Observed = {
  readonly runs: readonly ObservedRun[];
  readonly jobRuns: readonly ObservedJobRun[];
  /** What was known of the first run when the rerun was requested. */
  readonly tasksBefore?: ObservedTasks;
  readonly rerunRefused?: boolean;
  /** Accepted calls that stop work, each with its ids. */
  readonly stops: readonly (readonly string[])[];
  readonly surprises: readonly string[];
  /** The history's digest, which repeats for the same scenario. */
  readonly digest: string;
};
