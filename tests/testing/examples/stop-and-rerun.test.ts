import { readFileSync } from 'node:fs';
import { expectRun, openSimulator, readPipeline } from 'gluewright/testing';
import { expect, test } from 'vitest';

const file = new URL('./orders.yml', import.meta.url).pathname;

test('a rerun of a stopped run does only what was left', async () => {
  const { pipeline } = readPipeline(readFileSync(file, 'utf8'), file);
  const simulator = await openSimulator(pipeline === undefined ? [] : [pipeline], {
    jobs: { orders: { seconds: 900 } },
  });
  const started = await simulator.startRun({ pipeline: 'orders', cause: 'monday' });
  await simulator.pass(300);
  await simulator.stopRun('orders-monday');
  await simulator.finish(['orders-monday'], 3600);

  expect(started.is).toBe('run');
  const stopped = await simulator.look('orders-monday');
  expectRun(stopped).toHaveEnded('ABORTED').tasksToBe('succeeded', 'customers').tasksToBe('stopped', 'orders');
  expect(stopped.jobRuns.map(({ state }) => state)).not.toContain('RUNNING');

  await simulator.pass(14 * 86_400);
  await simulator.rerun('orders-monday', { failed: true });
  await simulator.finish(['orders-monday-r2'], 3600);
  const rerun = await simulator.look('orders-monday-r2');
  expectRun(rerun).toHaveSucceeded().toHaveRun('orders', 1).notToHaveRun('customers');
  simulator.close();
});
