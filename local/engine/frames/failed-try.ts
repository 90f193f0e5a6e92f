import { QueryEvaluationError } from '../jsonata/query-evaluation-error.ts';
import { StateFailure } from '../jsonpath/state-failure.ts';

export type FailureDetails = {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** An additional name that Retry and Catch may match. */
  readonly alias?: string;
  /**
   * An expression failed, or returned an unusable value. `EvaluationFailed` is recorded, with this field as its
   * location.
   */
  readonly evaluation?: { readonly location?: string };
  /** What a Catch receives for a missing error or cause. Absent: an empty string. */
  readonly missing?: null;
  /** A distributed Map's run failed, rather than the state around it. */
  readonly mapRun?: true;
};

/** Ends a try of a state with this error and cause. Retry and Catch decide what follows. */
export class FailedTry extends Error {
  override readonly name = 'FailedTry';
  readonly details: FailureDetails;

  constructor(details: FailureDetails) {
    super(`${details.error ?? 'no error'}: ${details.cause ?? 'no cause'}`);
    this.details = details;
  }
}

/** Converts an exception in a state's work to AWS's failure. Undefined if the state is not to blame. */
export function failureOf(thrown: unknown, state: string, entered: number): FailureDetails | undefined {
  const where = `An error occurred while executing the state '${state}' (entered at the event id #${entered}). `;
  if (thrown instanceof FailedTry) return thrown.details;
  if (thrown instanceof QueryEvaluationError) {
    const { error, cause, field } = thrown;
    return { error, cause: where + cause, evaluation: field === undefined ? {} : { location: field } };
  }
  if (thrown instanceof StateFailure) return { error: thrown.error, cause: where + thrown.cause };
  return undefined;
}

export function dataLimitExceeded(name: string): FailedTry {
  const cause = `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return new FailedTry({ error: 'States.DataLimitExceeded', cause });
}
