import { everyFault, expectRun, simulate } from 'gluewright/testing';
import { describe, test } from 'vitest';

const file = new URL('./orders.yml', import.meta.url).pathname;

describe('on a bad day', () => {
  test.each([1, 2, 3, 4, 5])('number %i, the report is built and nothing runs twice', async (seed) => {
    const run = await simulate(file, { faults: { ...everyFault, seed } });

    expectRun(run).toHaveSucceeded().toHaveRunNothingTwice().inOrder('orders', 'report').toHaveRun('report', 1);
  });
});
