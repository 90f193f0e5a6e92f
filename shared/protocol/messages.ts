import type { Json, JsonObject } from '../json.ts';
import type { TaskOutcome } from '../model/join-rule.ts';
import type { Interval, JoinRule, RunContext } from '../model/pipeline.ts';

/**
 * What passes between the compiled state machines and the functions. The compiler writes these shapes, the functions
 * parse them; both are held to this file by type.
 */

/** The input of a pipeline's execution, whose name is the run's id. */
export type ExecutionInput = {
  readonly run: RunContext;
  readonly params: JsonObject;
  readonly interval?: Interval;
  /** Outcomes of an earlier run, by task: these tasks are passed by. */
  readonly keep?: Readonly<Record<string, TaskOutcome>>;
};

/** A task's state → `start-task`, with `lambda:invoke.waitForTaskToken`. Answered with a {@link TaskResult}. */
export type StartTaskCall = {
  readonly call: 'task';
  readonly token: string;
  /** As `turn.ts` has it. Absent: the state machine is older than the functions. */
  readonly turn?: string;
  readonly run: string;
  readonly pipeline: string;
  readonly task: string;
  /** What the task's `if:` came to; absent: it has none. */
  readonly if?: Json;
  /** How often the work may be tried. Absent: the state machine is older than the functions. */
  readonly attempts?: number;
  /** Seconds the work itself may take. */
  readonly timeout: number;
  /** Seconds the task may take, from its first call on, whatever it is tried and has to wait. Absent: nobody says. */
  readonly deadline?: number;
  /** Largest output, in bytes of JSON, that the state document has room for. 0: nothing reads it. */
  readonly outputLimit: number;
  readonly work: StartWork;
};

/** The work with its expressions evaluated. One member for each task kind. */
export type StartWork = {
  readonly kind: 'glue-job';
  readonly job: string;
  readonly args: JsonObject;
  readonly inject: boolean;
};

/** `SendTaskSuccess.output` of a task. Failures are sent as `SendTaskFailure` with one of {@link taskErrors}. */
export type TaskResult = { readonly status: 'succeeded' | 'skipped'; readonly output?: Json };

/** A gate's state → `start-task`, with a token. Answered with a {@link GateResult}. */
export type GateCall = {
  readonly call: 'gate';
  readonly token: string;
  /** As `turn.ts` has it. Absent: the state machine is older than the functions. */
  readonly turn?: string;
  readonly run: string;
  /** The name of the task (or of the first task of the part) that waits. */
  readonly gate: string;
  /** Tasks whose outcomes the gate needs, each sent by a signal that names this gate. */
  readonly needs: readonly string[];
  /** Absent: all of `needs` must have ended. Otherwise the early rule, over all of `needs`. */
  readonly rule?: JoinRule;
};

/** `SendTaskSuccess.output` of a gate: the outcomes known when it opened. */
export type GateResult = { readonly tasks: Readonly<Record<string, TaskOutcome>> };

/** A signal state → `signal`: outcomes for the gates that need them. */
export type SignalCall = {
  readonly run: string;
  readonly gates: readonly string[];
  readonly tasks: Readonly<Record<string, TaskOutcome>>;
};

/** The last task → `finish-run`. The status is decided in the state machine; see `runStatus` in `run-status.ts`. */
export type FinishCall = {
  readonly run: string;
  readonly pipeline: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly tasks: Readonly<Record<string, TaskOutcome>>;
};

/** Errors sent with `SendTaskFailure`, on which the state's Retry and Catch decide. */
export const taskErrors = {
  /** Tried again, when the task has attempts left. */
  jobFailed: 'Glue.JobFailed',
  jobTimedOut: 'Glue.JobTimedOut',
  /** Never tried again. */
  jobStopped: 'Glue.JobStopped',
  /** The task as a whole took too long. */
  deadlinePassed: 'Gluewright.DeadlinePassed',
  /** Glue will not start it: no such job, not allowed, bad arguments. */
  refused: 'Gluewright.StartRefused',
  /** What has become of it cannot be found out: AWS denies the calls. Never tried again, since it may still run. */
  denied: 'Gluewright.AccessDenied',
  /** The output is no JSON object, or over its limit. */
  badOutput: 'Gluewright.BadOutput',
} as const;

/** Thrown by `start-task` and `signal` themselves: the state invokes them again. */
export const unavailable = 'Gluewright.Unavailable';
