import type { Retry } from '../pipeline/pipeline.ts';
import { taskErrors } from '../runs/messages.ts';
import type { Retrier } from './state-machine.ts';

/** How often a function of ours is invoked again when it could not do its part: after 2, 6, 18 and 54 seconds. */
export const invocations = 5;

const again: Retrier = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  MaxAttempts: invocations - 1,
  BackoffRate: 3,
};

/** `States.TaskFailed` and `States.ALL` would match these, and nothing gets better by trying again. */
const never: Retrier = {
  ErrorEquals: [
    taskErrors.jobStopped,
    taskErrors.deadlinePassed,
    taskErrors.refused,
    taskErrors.badOutput,
    'States.Timeout',
    'States.QueryEvaluationError',
  ],
  MaxAttempts: 0,
};

export function taskRetry(retry: Retry): Retrier[] {
  const ErrorEquals = [taskErrors.jobFailed, taskErrors.jobTimedOut];
  if (retry.attempts === 1) return [{ ErrorEquals: [...ErrorEquals, ...never.ErrorEquals], MaxAttempts: 0 }, again];
  const most = retry.maxDelaySeconds === undefined ? {} : { MaxDelaySeconds: retry.maxDelaySeconds };
  const job: Retrier = {
    ErrorEquals,
    IntervalSeconds: retry.delaySeconds,
    MaxAttempts: retry.attempts - 1,
    BackoffRate: retry.backoff,
    ...most,
  };
  return [job, never, again];
}

export const callRetry: readonly Retrier[] = [again];

export const gateRetry: readonly Retrier[] = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 0 }, again];

/** Starting a part again by the same name is harmless while it runs; after its end it would be refused. */
export const partRetry: readonly Retrier[] = [
  { ...again, ErrorEquals: ['StepFunctions.AWSStepFunctionsException', 'StepFunctions.SdkClientException'] },
];
