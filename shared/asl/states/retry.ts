import type { Retry, Task } from '../../model/pipeline.ts';
import { errorsOf, skippedError } from '../../tasks/errors.ts';
import type { NativeWork } from '../../tasks/kind/native-work.ts';
import type { KindName, Work } from '../../tasks/kinds.ts';
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
  return [workRetry(retry, triedAgain), notAgain, again];
}

/** Of a state of a native task that our function answers: it fails with the task's error, if the task has ended so. */
export function toldRetry(kind: KindName): Retrier[] {
  const { triedAgain, final } = errorsOf(kind);
  return [{ ErrorEquals: [...triedAgain, ...final, skippedError, ...never], MaxAttempts: 0 }, again];
}

/** Of the state that does the work. */
export function nativeRetry({ retry, work }: Task, runs: NativeWork<Work>): Retrier[] {
  const notAgain: Retrier = {
    ErrorEquals: ['States.QueryEvaluationError', 'States.Permissions', ...runs.never(work)],
    MaxAttempts: 0,
  };
  const full: Retrier = { ...again, ErrorEquals: runs.refused(work) };
  return retry.attempts === 1 ? [notAgain, full] : [notAgain, full, workRetry(retry, ['States.ALL'])];
}

function workRetry(retry: Retry, ErrorEquals: readonly string[]): Retrier {
  return {
    ErrorEquals,
    IntervalSeconds: retry.delaySeconds,
    MaxAttempts: retry.attempts - 1,
    BackoffRate: retry.backoff,
    ...(retry.maxDelaySeconds === undefined ? {} : { MaxDelaySeconds: retry.maxDelaySeconds }),
  };
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
