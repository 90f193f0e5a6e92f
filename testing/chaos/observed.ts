/** What was seen of a chaotic run: by Glue, by Step Functions, and in what Gluewright says of it. Times are seconds. */
export type ObservedJobRun = {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  readonly state: string;
  readonly startedAt: number;
  readonly endedAt?: number;
};

export type ObservedRun = {
  readonly id: string;
  readonly kind: 'first' | 'second' | 'rerun';
  readonly status: string;
  readonly settled: boolean;
  readonly endedAt?: number;
  /** Undefined: no execution was ever started. */
  readonly executionStatus?: string;
  readonly tasks: Readonly<Record<string, { readonly status: string; readonly kept: boolean }>>;
};

export type Observed = {
  readonly runs: readonly ObservedRun[];
  readonly jobRuns: readonly ObservedJobRun[];
  /** When the stop was asked for, and when it was found true. */
  readonly stopAt?: number;
  readonly stoppedAt?: number;
  readonly rerunRefused?: boolean;
  readonly surprises: readonly string[];
  /** Of the history: the same scenario has the same. */
  readonly digest: string;
};
