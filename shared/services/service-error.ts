import { NotBegun } from '../tasks/kind/not-begun.ts';

/**
 * What a failed call means. `refused`: not now, nothing was done. `fatal`: never, nothing was done. `ambiguous`: it
 * may have been done.
 */
export type Failure = {
  readonly kind: 'refused' | 'fatal' | 'ambiguous';
  readonly name: string;
  readonly reason: string;
};

const refusals: ReadonlySet<string> = new Set([
  'ExecutionLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ProvisionedThroughputExceededException',
  'ThroughputExceeded',
  'TransactionInProgressException',
  // expired credentials or a wrong clock: the next invocation may have better ones
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
]);

/** Answered with status 400, although the outcome is unknown. */
const ambiguities: ReadonlySet<string> = new Set([
  'OperationTimeoutException',
  'RequestTimeout',
  'RequestTimeoutException',
]);

/** @param refused the service's own names for *not now* */
export function failureOf(error: unknown, refused: readonly string[] = []): Failure {
  const name = error instanceof Error ? error.name : 'Error';
  const reason = error instanceof Error ? `${name}: ${error.message}` : String(error);
  if (error instanceof NotBegun) return { kind: error.mayPass ? 'refused' : 'fatal', name, reason };
  const status = statusOf(error);
  if (refusals.has(name) || refused.includes(name) || status === 429) return { kind: 'refused', name, reason };
  // below 400: it was done, but the answer could not be read completely
  const unknown = status === undefined || status >= 500 || status < 400;
  if (unknown || ambiguities.has(name)) return { kind: 'ambiguous', name, reason };
  return { kind: 'fatal', name, reason };
}

const denials: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

/** The caller's role may not do this, at least for now. */
export function isDenied({ name }: Failure): boolean {
  return denials.has(name);
}

const missing: ReadonlySet<string> = new Set([
  'EntityNotFoundException',
  'StateMachineDoesNotExist',
  'StateMachineDeleting',
]);

/**
 * Whether the same call may succeed minutes later: a deployment updates functions before the machines and jobs that
 * they start exist, and IAM is eventually consistent.
 */
export function mayPass(failure: Failure): boolean {
  return isDenied(failure) || missing.has(failure.name);
}

/** The answer's status. Undefined: there was no answer. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
