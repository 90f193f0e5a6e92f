import { test } from 'node:test';
import { expectRun, simulate } from 'gluewright/testing';

// On a virtual clock, with simulated jobs: half a minute between two tries takes no time.
const options = { params: { day: '2026-01-15' } };
const cleaned = { output: { orders: 3, total: 145 } };

test('a cleaning that fails once is tried again, and the report follows', async () => {
  const run = await simulate('statemachines/orders.yml', {
    ...options,
    jobs: { clean: [{ state: 'FAILED' }, cleaned] },
  });
  expectRun(run).toHaveSucceeded().toHaveRun('clean', 2).inOrder('clean', 'report');
});

test('without clean orders there is no report', async () => {
  const run = await simulate('statemachines/orders.yml', { ...options, jobs: { clean: { state: 'FAILED' } } });
  expectRun(run).toHaveFailed().notToHaveRun('report');
});
