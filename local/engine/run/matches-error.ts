import type { FailureDetails } from './failed-try.ts';

/**
 * Whether a Catch with these names is meant. `States.Runtime` is caught by its own name only. `States.DataLimitExceeded`
 * is caught by `States.ALL` too, whatever the guide says: so does LocalStack, whose tests of it were run on AWS.
 */
export function matchesError(errorEquals: readonly string[], failure: FailureDetails): boolean {
  const { error, alias } = failure;
  return errorEquals.some((name) => {
    if (error !== undefined && (name === error || name === alias)) return true;
    if (error === 'States.Runtime') return false;
    if (name === 'States.ALL') return true;
    return name === 'States.TaskFailed' && error !== 'States.Timeout' && error !== 'States.DataLimitExceeded';
  });
}

/** The same for a Retry. "A States.Runtime error is not retriable" (Step Functions guide, error names). */
export function mayRetry(errorEquals: readonly string[], failure: FailureDetails): boolean {
  return failure.error !== 'States.Runtime' && matchesError(errorEquals, failure);
}
