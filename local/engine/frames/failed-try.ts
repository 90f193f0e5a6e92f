import { QueryEvaluationError } from '../jsonata/query-evaluation-error.ts';
import { StateFailure } from '../jsonpath/state-failure.ts';

export type FailureDetails = {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** Another name by which Retry and Catch may know the same error. */
  readonly alias?: string;
  /** An expression failed, or what it gave was wrong: `EvaluationFailed` is recorded, with this field as its place. */
  readonly evaluation?: { readonly location?: string };
  /** What a Catch is given for an error or a cause that there is none of. Absent: an empty text. */
  readonly missing?: null;
  /** A distributed Map's run failed, not the state around it. */
  readonly mapRun?: true;
};

/** Ends a try of a state with an error and cause as they are; Retry and Catch decide what becomes of it. */
export class FailedTry extends Error {
  override readonly name = 'FailedTry';
  readonly details: FailureDetails;

  constructor(details: FailureDetails) {
    super(`${details.error ?? 'no error'}: ${details.cause ?? 'no cause'}`);
    this.details = details;
  }
}

/** What was thrown in a state's work, as the failure that AWS makes of it. Undefined: not a state's own failure. */
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
