import { expectRun, simulate } from 'gluewright/testing';
import { expect, test } from 'vitest';

const file = new URL('./orders.yml', import.meta.url).pathname;

test('without the weather there is still a report', async () => {
  const run = await simulate(file, { jobs: { weather: { state: 'FAILED' }, orders: { seconds: 300 } } });

  expectRun(run).toHaveSucceeded().toHaveRun('weather', 3).inOrder('orders', 'report').notToHaveRun('apology');
});

test('an extract that fails once is retried, and delays the report by half a minute and its own time', async () => {
  const run = await simulate(file, { jobs: { orders: [{ state: 'FAILED', seconds: 100 }, { seconds: 100 }] } });

  expectRun(run).toHaveSucceeded().toHaveRun('orders', 2);
  expect(run.tasks.report?.jobRuns[0]?.startedAt).toBe(100 + 30 + 100);
});

test('without customers there is no report, and the apology runs', async () => {
  const run = await simulate(file, { jobs: { customers: { state: 'TIMEOUT' } } });

  expectRun(run).toHaveFailed().tasksToBe('timed_out', 'customers').tasksToBe('upstream_failed', 'report');
  expectRun(run).toHaveRun('apology').toTakeAtMost(3600);
});
