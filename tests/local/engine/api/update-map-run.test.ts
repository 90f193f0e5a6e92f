import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../../shared/json.ts';
import { engineFixture } from '../engine-fixture.ts';

const far = {
  StartAt: 'Far',
  States: {
    Far: {
      Type: 'Map',
      MaxConcurrency: 2,
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Work',
        States: { Work: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true } },
      },
      End: true,
    },
  },
};

/** A Map of six items whose tasks end on request. */
async function running() {
  const tokens: string[] = [];
  const fixture = engineFixture(async ({ taskToken }) => void tokens.push(taskToken));
  const { call, clock, machine } = fixture;
  const stateMachineArn = await machine('m', far);
  const { executionArn } = await call('StartExecution', { stateMachineArn, input: '[1,2,3,4,5,6]' });
  const settle = () => clock.run(() => false);
  await settle();
  const { mapRuns } = await call('ListMapRuns', { executionArn });
  const [mapRun] = Array.isArray(mapRuns) ? mapRuns.filter(isJsonObject) : [];
  const mapRunArn = String(mapRun?.mapRunArn);
  return {
    ...fixture,
    tokens,
    settle,
    mapRunArn,
    update: (request: JsonObject) => call('UpdateMapRun', { mapRunArn, ...request }),
    describe: () => call('DescribeMapRun', { mapRunArn }),
    status: async () => (await call('DescribeExecution', { executionArn })).status,
    async end(operation: 'SendTaskSuccess' | 'SendTaskFailure', at: number) {
      const taskToken = tokens[at];
      await call(operation, { taskToken, ...(operation === 'SendTaskSuccess' && { output: '{}' }) });
      await settle();
    },
  };
}

describe('UpdateMapRun', () => {
  test('changes how many children run at once', async () => {
    const { tokens, update, settle, end, describe, status } = await running();
    expect(tokens).toHaveLength(2);
    expect(await describe()).toMatchObject({
      maxConcurrency: 2,
      executionCounts: { running: 2, pending: 4, total: 6 },
    });
    expect(await update({ maxConcurrency: 4 })).toEqual({});
    await settle();
    expect(tokens).toHaveLength(4);
    await update({ maxConcurrency: 1 });
    for (const at of [0, 1, 2]) await end('SendTaskSuccess', at);
    expect(tokens).toHaveLength(4);
    await end('SendTaskSuccess', 3);
    expect(tokens).toHaveLength(5);
    await update({ maxConcurrency: 0 });
    await settle();
    expect(tokens).toHaveLength(6);
    for (const at of [4, 5]) await end('SendTaskSuccess', at);
    expect(await status()).toBe('SUCCEEDED');
    expect(await describe()).toMatchObject({ status: 'SUCCEEDED', maxConcurrency: 0, executionCounts: { pending: 0 } });
  });

  test('changes how many failures are tolerated', async () => {
    const { update, end, describe, status } = await running();
    await end('SendTaskFailure', 0);
    await update({ toleratedFailureCount: 2 });
    await end('SendTaskFailure', 1);
    expect(await status()).toBe('RUNNING');
    expect(await describe()).toMatchObject({ toleratedFailureCount: 2, executionCounts: { failed: 2 } });
    await end('SendTaskFailure', 2);
    expect(await status()).toBe('FAILED');
  });

  test.each([{ toleratedFailureCount: 0 }, { toleratedFailurePercentage: 10 }])(
    'that no longer tolerates what has failed ends the Map: %o',
    async (limits) => {
      const { update, end, describe, status, settle } = await running();
      await end('SendTaskFailure', 0);
      await update(limits);
      await settle();
      expect([await status(), (await describe()).status]).toEqual(['FAILED', 'FAILED']);
    },
  );

  test('changes only the given limits', async () => {
    const { update, describe } = await running();
    await update({});
    await update({ toleratedFailurePercentage: 12.5 });
    expect(await describe()).toMatchObject({
      maxConcurrency: 2,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: 12.5,
    });
  });

  test.each<[string, JsonObject, string]>([
    [
      'an unknown Map Run',
      { mapRunArn: 'arn:aws:states:eu-west-1:111122223333:mapRun:m/far:none' },
      'ResourceNotFound',
    ],
    ['a negative concurrency', { maxConcurrency: -1 }, 'ValidationException'],
    ['a percentage over 100', { toleratedFailurePercentage: 101 }, 'ValidationException'],
    ['a fractional count', { toleratedFailureCount: 1.5 }, 'ValidationException'],
  ])('rejects %s', async (_name, request, error) => {
    const { update } = await running();
    await expect(update(request)).rejects.toMatchObject({ name: error });
  });

  test('rejects an ended Map Run', async () => {
    const { update, end } = await running();
    await end('SendTaskFailure', 0);
    await end('SendTaskFailure', 1);
    await expect(update({ maxConcurrency: 3 })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
