import type { Json, JsonObject } from '../json.ts';
import type { TaskOutcome } from '../model/join-rule.ts';
import type { Interval, RunContext } from '../model/pipeline.ts';
import type { Carried } from './outcome.ts';

/**
 * Data between the compiled state machines and the functions, except the calls, whose schemas are in `read-call.ts`.
 */

/** The input of a pipeline's execution, whose name is the run's id. */
export type ExecutionInput = {
  readonly run: RunContext;
  readonly params: JsonObject;
  readonly interval?: Interval;
  /** Outcomes of an earlier run, by task: these tasks are not run again. */
  readonly keep?: Readonly<Record<string, TaskOutcome>>;
};

/** `SendTaskSuccess.output` of a task. Failures are sent as `SendTaskFailure`: `shared/tasks/errors.ts` has the errors. */
export type TaskResult = { readonly status: 'succeeded' | 'skipped'; readonly output?: Json };

/** The answer to the first state of a native task. Otherwise the task is over, and the function fails with its error. */
export type NativeStart = { readonly work: Json };

/** `SendTaskSuccess.output` of a gate: what was known when it opened. */
export type GateResult = { readonly tasks: Carried };

/** What `finish-run` answers. `failed`: the tasks that failed the run, as text. Absent: none. */
export type FinishResult = { readonly failed?: string };

/** Thrown by `start-task` and `signal` themselves: the state invokes them again. */
export const unavailable = 'Gluewright.Unavailable';
