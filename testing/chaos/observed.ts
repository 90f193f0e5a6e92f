import type { SimulatedPool } from '../simulated-pool.ts';

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

/** A job run for an item of a map. */
export type ObservedItem = Omit<ObservedJobRun, 'attempt' | 'read'> & { readonly item: number };

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

/** A crawler's service does not know for whom it crawls. */
export type ObservedCrawl = {
  readonly crawler: string;
  readonly state: string;
  readonly startedAt: number;
  readonly endedAt?: number;
};

/** A decision for a task of the first run. Not accepted: it may have been, by an earlier try without an answer. */
export type ObservedDecision = { readonly task: string; readonly accepted: boolean };

/** A run of a nested pipeline, or of the neighbour. */
export type ObservedOther = {
  readonly id: string;
  readonly settled: boolean;
  readonly endedAt?: number;
  readonly tasks: ObservedTasks;
};

export type Observed = {
  readonly runs: readonly ObservedRun[];
  /** Of jobs, and of the other services that see the run's id. */
  readonly jobRuns: readonly ObservedJobRun[];
  readonly items: readonly ObservedItem[];
  readonly crawls: readonly ObservedCrawl[];
  /** The pool at the end: how many places are held, and how many tasks wait. */
  readonly pool: SimulatedPool;
  readonly decisions: readonly ObservedDecision[];
  readonly others: readonly ObservedOther[];
  /** What was known of the first run when the rerun was requested. */
  readonly tasksBefore?: ObservedTasks;
  readonly rerunRefused?: boolean;
  /** Accepted calls that stop work, each with its ids. */
  readonly stops: readonly (readonly string[])[];
  readonly surprises: readonly string[];
  /** The history's digest, which repeats for the same scenario. */
  readonly digest: string;
};
