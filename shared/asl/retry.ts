import type { Retry } from '../model/pipeline.ts';
import { errorsOf } from '../tasks/errors.ts';
import type { KindName } from '../tasks/kinds.ts';
import type { Retrier } from './state-machine.ts';

/**
 * A function of ours that could not do its part is invoked again after up to 2, 6, 18, 54, 162 and three times 300 seconds: an
 * outage of ten minutes, or a burst over the account's concurrency, is no failure of a task.
 */
export const invokedAgain = 8;

const again: Retrier = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  MaxAttempts: invokedAgain,
  BackoffRate: 3,
  MaxDelaySeconds: 300,
  // what failed together does not come again together
  JitterStrategy: 'FULL',
};

/**
 * So many invocations of each state are counted against the limit of history events. More happen in an outage only, which
 * hits the states that are at it then, and not each state in its turn.
 */
export const invocationsCounted = 5;

/** The function is not there, not ours to invoke, or of another version than the state machine. */
const misdeployed = [
  'States.Permissions',
  'Lambda.ResourceNotFoundException',
  'Lambda.AccessDeniedException',
  'Gluewright.UnreadableEvent',
];

/** `States.TaskFailed` and `States.ALL` would match these, and nothing gets better by trying again. */
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

/** Starting a part again by the same name is harmless while it runs; after its end it would be refused. */
export const partRetry: readonly Retrier[] = [
  { ...again, ErrorEquals: ['StepFunctions.AWSStepFunctionsException', 'StepFunctions.SdkClientException'] },
];
