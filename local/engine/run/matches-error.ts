import type { FailureDetails } from './failed-try.ts';

/** Reported whatever a Retry or a Catch of `States.ALL` or `States.TaskFailed` says (States Language, "Errors"). */
const terminal = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** Whether a Retry or a Catch with these names is meant. */
export function matchesError(errorEquals: readonly string[], failure: FailureDetails): boolean {
  const { error, alias } = failure;
  if (error === 'States.Runtime') return false;
  return errorEquals.some((name) => {
    if (error !== undefined && (name === error || name === alias)) return true;
    if (error !== undefined && terminal.has(error)) return false;
    if (name === 'States.ALL') return true;
    return name === 'States.TaskFailed' && error !== 'States.Timeout';
  });
}
