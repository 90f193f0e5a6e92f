import type { FailureDetails } from '../frames/failed-try.ts';

/**
 * Whether a Catch with these names applies. `States.Runtime` and `States.DataLimitExceeded` match only by their own
 * names (Step Functions guide, error names).
 */
export function matchesError(errorEquals: readonly string[], failure: FailureDetails): boolean {
  const { error, alias } = failure;
  return errorEquals.some((name) => {
    if (error !== undefined && (name === error || name === alias)) return true;
    if (error === 'States.Runtime' || error === 'States.DataLimitExceeded') return false;
    if (name === 'States.ALL') return true;
    return name === 'States.TaskFailed' && error !== 'States.Timeout';
  });
}

/** The same for a Retry. "A States.Runtime error is not retriable" (Step Functions guide, error names). */
export function mayRetry(errorEquals: readonly string[], failure: FailureDetails): boolean {
  return failure.error !== 'States.Runtime' && matchesError(errorEquals, failure);
}
