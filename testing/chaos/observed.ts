/** What was seen of a chaotic run: by Glue, by Step Functions, and in what Gluewright says of it. Times are seconds. */
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
  /** What the rerun could know of the first run, when it was asked for. */
  readonly tasksBefore?: ObservedTasks;
  readonly rerunRefused?: boolean;
  /** Calls that stop work and were taken, each with the ids that it named. */
  readonly stops: readonly (readonly string[])[];
  readonly surprises: readonly string[];
  /** Of the history: the same scenario has the same. */
  readonly digest: string;
};
