import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../shared/services/service-error.ts';
import { NotBegun } from '../../../shared/tasks/kind/not-begun.ts';

const error = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error('why'), { name, ...(httpStatusCode === undefined ? {} : { $metadata: { httpStatusCode } }) });

describe('an answer of a service', () => {
  test.each([
    ['ThrottlingException', 400, 'refused'],
    ['SomethingNew', 429, 'refused'],
    ['ExpiredTokenException', 400, 'refused'],
    ['EntityNotFoundException', 400, 'fatal'],
    ['InvalidInputException', 400, 'fatal'],
    ['AccessDeniedException', 403, 'fatal'],
    ['InternalServiceException', 500, 'ambiguous'],
    ['OperationTimeoutException', 400, 'ambiguous'],
    ['TimeoutError', undefined, 'ambiguous'],
    ['Error', undefined, 'ambiguous'],
  ])('%s, with status %s, is %s', (name, status, kind) => {
    expect(failureOf(error(name, status)).kind).toBe(kind);
  });

  test('is a refusal only if the kind of task says so', () => {
    const full = error('ConcurrentRunsExceededException', 400);
    expect(failureOf(full).kind).toBe('fatal');
    expect(failureOf(full, ['ConcurrentRunsExceededException']).kind).toBe('refused');
  });

  test.each([
    [true, 'refused'],
    [false, 'fatal'],
  ])('about work that did not begin, temporary: %s, is %s', (mayPass, kind) => {
    const failure = failureOf(new NotBegun('RunTask', 'Capacity is unavailable', mayPass));
    expect(failure).toEqual({ kind, name: 'RunTask', reason: 'RunTask: Capacity is unavailable' });
  });

  test.each([undefined, null, 'text', {}])('that is not an error, %j, is ambiguous', (thrown) => {
    expect(failureOf(thrown).kind).toBe('ambiguous');
  });
});
