import { GetJobRunCommand, GlueClient } from '@aws-sdk/client-glue';
import { expect, test } from 'vitest';
import { patience, throttlingRetries } from '../../../shared/services/throttling-retries.ts';

/** A client whose service answers with these errors in order, and then succeeds. All delays are 0. */
function glueThat(answers: readonly { readonly name: string; readonly status: number }[]) {
  let calls = 0;
  const strategy = throttlingRetries(
    () => 0,
    () => 0,
  );
  const client = new GlueClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    retryStrategy: {
      ...strategy,
      refreshRetryTokenForRetry: async (used, info) => {
        const token = await strategy.refreshRetryTokenForRetry(used, info);
        return { ...token, getRetryDelay: () => 0 };
      },
    },
    requestHandler: {
      handle: async () => {
        const answer = answers[calls++];
        const body = JSON.stringify(
          answer === undefined ? { JobRun: { Id: 'jr' } } : { __type: answer.name, message: '' },
        );
        const headers = { 'content-type': 'application/x-amz-json-1.1' };
        return { response: { statusCode: answer?.status ?? 200, headers, body: new TextEncoder().encode(body) } };
      },
    },
  });
  return { calls: () => calls, send: () => client.send(new GetJobRunCommand({ JobName: 'j', RunId: 'jr' })) };
}

const throttled = { name: 'ThrottlingException', status: 400 };

test('a throttled call is retried', async () => {
  const glue = glueThat([throttled, throttled]);
  expect((await glue.send()).JobRun?.Id).toBe('jr');
  expect(glue.calls()).toBe(3);
});

test('a call that stays throttled is given up', async () => {
  const glue = glueThat(Array(20).fill(throttled));
  await expect(glue.send()).rejects.toThrow();
  expect(glue.calls()).toBe(6);
});

test.each([
  { name: 'InternalServiceException', status: 500 },
  { name: 'ConcurrentRunsExceededException', status: 400 },
  { name: 'EntityNotFoundException', status: 400 },
])('%o is not retried', async (answer) => {
  const glue = glueThat([answer]);
  await expect(glue.send()).rejects.toThrow();
  expect(glue.calls()).toBe(1);
});

test('delays grow, are half random, and total at most 15 seconds', async () => {
  const strategy = throttlingRetries(
    () => 0.999,
    () => 0,
  );
  let token = await strategy.acquireInitialRetryToken('');
  let all = 0;
  for (let n = 0; n < 5; n++) {
    token = await strategy.refreshRetryTokenForRetry(token, { errorType: 'THROTTLING' });
    all += token.getRetryDelay();
  }
  expect(all).toBeGreaterThan(10_000);
  expect(all).toBeLessThanOrEqual(15_500);
});

test('a call that was refused slowly is not retried after its time', async () => {
  let now = 0;
  const strategy = throttlingRetries(
    () => 0,
    () => now,
  );
  const first = await strategy.acquireInitialRetryToken('');
  now = patience - 250;
  const second = await strategy.refreshRetryTokenForRetry(first, { errorType: 'THROTTLING' });
  await expect(strategy.refreshRetryTokenForRetry(second, { errorType: 'THROTTLING' })).rejects.toThrow();
});
