/**
 * Which of a state's calls came first. A state calls anew, with a new token, when it tries again; a copy of an older call
 * may still be under way then, for the service may have repeated a request whose answer got lost, and must not take the
 * newer one's place. (AWS, *Accessing execution data from the Context object in Step Functions*: `RetryCount` counts the
 * retries of a state, and begins anew in a redriven execution.)
 */
export const turnExpression =
  "{% $states.context.State.EnteredTime & '#' & $states.context.Execution.RedriveCount & '#' & $states.context.State.RetryCount %}";

/** Whether a call is older than another of the same state. Calls without counts cannot be compared. */
export function isOlder(turn: string | undefined, other: string | undefined): boolean {
  if (turn === undefined || other === undefined) return false;
  const [entered = '', ...counts] = turn.split('#');
  const [otherEntered = '', ...otherCounts] = other.split('#');
  if (entered !== otherEntered) return entered < otherEntered;
  const [redrives = 0, retries = 0] = counts.map(Number);
  const [otherRedrives = 0, otherRetries = 0] = otherCounts.map(Number);
  return redrives === otherRedrives ? retries < otherRetries : redrives < otherRedrives;
}
