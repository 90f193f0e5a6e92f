import type { Retry } from '../../model/pipeline.ts';
import { errorsOf } from '../../tasks/errors.ts';
import type { KindName } from '../../tasks/kinds.ts';
import type { Retrier } from './state-machine.ts';

/**
 * A failed invocation of our functions is retried after up to 2, 6, 18, 54, 162 and three times 300 seconds, so that
 * neither an outage of ten minutes nor a burst over the account's concurrency fails a task.
 */
export const invokedAgain = 8;

const again: Retrier = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  MaxAttempts: invokedAgain,
  BackoffRate: 3,
  MaxDelaySeconds: 300,
  // Full jitter spreads retries of calls that failed together.
  JitterStrategy: 'FULL',
};

/**
 * Invocations of each state that count against the limit of history events. Only an outage causes more, and it hits the
 * few states that are active at that time.
 */
export const invocationsCounted = 5;

/** The function does not exist, may not be invoked, or has another version than the state machine. */
const misdeployed = [
  'States.Permissions',
  'Lambda.ResourceNotFoundException',
  'Lambda.AccessDeniedException',
  'Gluewright.UnreadableEvent',
];

/** Errors that `States.TaskFailed` and `States.ALL` would match, although a retry cannot help. */
const never = ['States.Timeout', 'States.QueryEvaluationError', ...misdeployed];

export function taskRetry(retry: Retry, kind: KindName): Retrier[] {
  const { triedAgain, final } = errorsOf(kind);
  const notAgain: Retrier = { ErrorEquals: [...final, ...never], MaxAttempts: 0 };
  if (retry.attempts === 1) return [{ ...notAgain, ErrorEquals: [...triedAgain, ...notAgain.ErrorEquals] }, again];
  const most = retry.maxDelaySeconds === undefined ? {} : { MaxDelaySeconds: retry.maxDelaySeconds };
  const work: Retrier = {
    ErrorEquals: triedAgain,
    IntervalSeconds: retry.delaySeconds,
    MaxAttempts: retry.attempts - 1,
    BackoffRate: retry.backoff,
    ...most,
  };
  return [work, notAgain, again];
}

export const callRetry: readonly Retrier[] = [{ ErrorEquals: misdeployed, MaxAttempts: 0 }, again];

export const gateRetry: readonly Retrier[] = [
  { ErrorEquals: ['States.Timeout', ...misdeployed], MaxAttempts: 0 },
  again,
];

/** A second start of a part by the same name is harmless while it runs, and refused after its end. */
export const partRetry: readonly Retrier[] = [
  { ...again, ErrorEquals: ['StepFunctions.AWSStepFunctionsException', 'StepFunctions.SdkClientException'] },
];
