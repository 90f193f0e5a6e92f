/** A Task state's call. */
export type TaskCall = {
  /** As written in the state, such as `arn:aws:states:::lambda:invoke.waitForTaskToken`, or a function's ARN. */
  readonly resource: string;
  /** The state's `Arguments` or effective input (`Parameters`), with every expression evaluated. */
  readonly arguments: unknown;
  readonly executionArn: string;
  readonly stateName: string;
  /** The task token, for `.waitForTaskToken` and for other tasks' heartbeats. Each try has its own. */
  readonly taskToken: string;
  readonly timeoutSeconds?: number | undefined;
  readonly heartbeatSeconds?: number | undefined;
  /** For `.sync`: called with the service's first answer once the work has started, for `TaskSubmitted`. */
  readonly submitted: (output: unknown) => void;
};

export interface TaskRunner {
  /**
   * Performs a Task's call. Resolves with the result as AWS returns it to the state (for `lambda:invoke`: `{
   * ExecutedVersion, Payload, StatusCode, … }`). For `.waitForTaskToken`, the result is only the submission. It may be
   * called again with the same token after a restart if the answer was not recorded.
   *
   * @throws {TaskFailure} the error and cause of the state's failure. Anything else becomes `States.TaskFailed`
   */
  run(call: TaskCall): Promise<unknown>;
  /**
   * Whether calls of nested executions (`states:startExecution…`) also come here. By default the engine performs them.
   */
  readonly nested?: boolean;
  /** The state no longer waits for the call (time-out, stop, or a sibling's failure). Best effort, as on AWS. */
  cancel?(call: TaskCall): void;
}

/** A Task's call failed with an error that Retry and Catch can match. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  readonly error: string | undefined;
  readonly failureCause: string | undefined;

  constructor(error: string | undefined, failureCause?: string) {
    super(`${error ?? 'no error'}: ${failureCause ?? 'no cause'}`);
    this.error = error;
    this.failureCause = failureCause;
  }
}
