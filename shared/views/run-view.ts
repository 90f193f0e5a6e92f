import type { JsonObject } from '../json.ts';
import type { TaskStatus } from '../model/join-rule.ts';
import type { Interval } from '../model/pipeline.ts';
import type { RunStatus } from '../runs/run/run-record.ts';

/** A run as it is shown, put together from the ledger and the pipeline's definition. Times are epoch milliseconds. */
export type RunView = {
  readonly id: string;
  readonly pipeline: string;
  readonly status: RunStatus;
  readonly trigger: JsonObject;
  readonly params: JsonObject;
  /** What it is for. */
  readonly interval?: Interval;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** It is over, and nothing of it goes on. */
  readonly settled: boolean;
  /** It was not over when it should have been. */
  readonly late?: true;
  /** The run whose outcomes it keeps. */
  readonly rerunOf?: string;
  /** The newer run for which it was stopped, by the pipeline's `overlap`. */
  readonly cancelledBy?: string;
  /** Why it is not started yet, while it is queued. */
  readonly waits?: string;
  /** Why it ended, where it did not come to its own end. */
  readonly error?: string;
  readonly cause?: string;
  /** The pipeline has other tasks by now than the run had: what waits for what is as it is now. */
  readonly changed?: true;
  /** In the order of the file. Tasks of which nothing is known yet are there, too. */
  readonly tasks: readonly TaskView[];
};

/** What a task does now, or how it has ended. `retrying`: a try has failed, and the next one has not begun. */
export type TaskState = TaskStatus | 'waiting' | 'starting' | 'retrying' | 'queued' | 'running' | 'not_run';

export type TaskView = {
  readonly name: string;
  readonly after: readonly string[];
  readonly state: TaskState;
  /** The outcome is that of an earlier run. */
  readonly kept: boolean;
  /** It failed, and the run does not mind. */
  readonly tolerated: boolean;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly attempts: readonly AttemptView[];
  /** While it is `retrying`: when the next try begins, about. */
  readonly triesAgainAt?: number;
  /** Upstream tasks that have not ended, while it waits for them. */
  readonly waitsFor: readonly string[];
  readonly error?: string;
  readonly cause?: string;
};

export type AttemptView = {
  readonly number: number;
  readonly state: TaskState;
  /** Of its work, in the service: such as the job run's. */
  readonly id?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Why it is queued, or why it failed. */
  readonly reason?: string;
};
