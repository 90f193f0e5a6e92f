import { describe, expect, test } from 'vitest';
import { engineFixture, epoch } from '../engine-fixture.ts';
import { oddFails } from './odd-fails.ts';

const pass = (fields: object = {}) => ({ StartAt: 'P', States: { P: { Type: 'Pass', End: true, ...fields } } });
const activityArn = 'arn:aws:states:eu-west-1:111122223333:activity:digging';
const nothing = async () => ({});

describe('an Express machine', () => {
  test('runs to its end by StartSyncExecution', async () => {
    const { call, machine } = engineFixture(nothing);
    const stateMachineArn = await machine('quick', pass({ Result: { a: 1 } }), 'EXPRESS');
    const done = await call('StartSyncExecution', { stateMachineArn, input: '{}' });
    expect(done).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a":1}',
      billingDetails: { billedMemoryUsedInMB: 64 },
    });
    expect(String(done.executionArn)).toContain(':express:quick:');
  });

  test('is the only type that StartSyncExecution accepts', async () => {
    const { call, machine } = engineFixture(nothing);
    const refused = call('StartSyncExecution', { stateMachineArn: await machine('slow', pass()) });
    await expect(refused).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
  });
});

describe('versions and aliases', () => {
  test('keep the revision that they were created from', async () => {
    const { call, machine, clock } = engineFixture(nothing);
    const stateMachineArn = await machine('m', pass({ Result: 'old' }));
    const { stateMachineVersionArn: first } = await call('PublishStateMachineVersion', { stateMachineArn });
    await call('UpdateStateMachine', { stateMachineArn, definition: JSON.stringify(pass({ Result: 'new' })) });
    const { stateMachineVersionArn: second } = await call('PublishStateMachineVersion', { stateMachineArn });
    expect([first, second]).toEqual([`${stateMachineArn}:1`, `${stateMachineArn}:2`]);
    const route = { stateMachineVersionArn: first, weight: 100 };
    const alias = await call('CreateStateMachineAlias', { name: 'live', routingConfiguration: [route] });
    const outputs = [];
    for (const arn of [stateMachineArn, first, second, alias.stateMachineAliasArn]) {
      const { executionArn } = await call('StartExecution', { stateMachineArn: arn });
      await clock.run(() => false);
      outputs.push((await call('DescribeExecution', { executionArn })).output);
    }
    expect(outputs).toEqual(['"new"', '"old"', '"new"', '"old"']);
    await expect(call('DeleteStateMachineVersion', { stateMachineVersionArn: first })).rejects.toMatchObject({
      name: 'ConflictException',
    });
  });
});

describe('an activity', () => {
  const definition = pass();
  const digging = {
    ...definition,
    States: { P: { Type: 'Task', Resource: activityArn, TimeoutSeconds: 100, HeartbeatSeconds: 50, End: true } },
  };

  test('passes its tasks to workers in order, whichever side arrives first', async () => {
    const { call, machine, clock, events } = engineFixture(nothing);
    await call('CreateActivity', { name: 'digging' });
    const stateMachineArn = await machine('m', digging);
    const early = call('GetActivityTask', { activityArn, workerName: 'early' });
    const { executionArn } = await call('StartExecution', { stateMachineArn, input: '{"deep":1}' });
    await call('StartExecution', { stateMachineArn, input: '{"deep":2}' });
    await clock.run(() => true);
    const [first, second] = [await early, await call('GetActivityTask', { activityArn })];
    expect([first.input, second.input]).toEqual(['{"deep":1}', '{"deep":2}']);
    await call('SendTaskSuccess', { taskToken: first.taskToken, output: '"dug"' });
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"dug"' });
    expect(await events(executionArn)).toContain('ActivityStarted');
  });

  test('returns an empty answer after a minute without a task', async () => {
    const { call, clock } = engineFixture(nothing);
    await call('CreateActivity', { name: 'digging' });
    const waiting = call('GetActivityTask', { activityArn });
    await clock.run(() => false);
    expect([await waiting, clock.now()]).toEqual([{}, epoch + 60_000]);
  });
});

describe('lists', () => {
  test('of executions are paginated, newest first, by status', async () => {
    const { call, machine, clock } = engineFixture(() => new Promise(() => undefined));
    const stateMachineArn = await machine('m', pass());
    const waiting = await machine('w', { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 9, End: true } } });
    for (const name of ['a', 'b', 'c']) await call('StartExecution', { stateMachineArn, name });
    await call('StartExecution', { stateMachineArn: waiting, name: 'd' });
    await clock.run(() => true);
    const page = await call('ListExecutions', { stateMachineArn, maxResults: 2 });
    const rest = await call('ListExecutions', { stateMachineArn, maxResults: 2, nextToken: page.nextToken });
    const names = [page, rest].flatMap(({ executions }) => executions);
    expect(names).toMatchObject([{ name: 'c' }, { name: 'b' }, { name: 'a' }]);
    expect(rest.nextToken).toBeUndefined();
    const running = { stateMachineArn: waiting, statusFilter: 'RUNNING' };
    expect(await call('ListExecutions', running)).toMatchObject({ executions: [{ name: 'd' }] });
  });

  test('of events are paginated in both directions', async () => {
    const { call, machine, run } = engineFixture(nothing);
    const { executionArn } = await run(await machine('m', pass()));
    const ids = async (request: object) => {
      const found: unknown[] = [];
      let nextToken: unknown;
      do {
        const page = await call('GetExecutionHistory', { executionArn, maxResults: 3, ...request, nextToken });
        found.push(...(Array.isArray(page.events) ? page.events.map((event) => Reflect.get(Object(event), 'id')) : []));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return found;
    };
    expect(await ids({})).toEqual([1, 2, 3, 4]);
    expect(await ids({ reverseOrder: true })).toEqual([4, 3, 2, 1]);
  });
});

test('a Map Run shows its limits and how its children ended', async () => {
  const { call, machine, run } = engineFixture(async ({ arguments: given }) => given);
  const { executionArn, output } = await run(await machine('m', oddFails), [1, 2, 3]);
  expect(output).toBe('[1,3]');
  const { mapRuns } = await call('ListMapRuns', { executionArn });
  const [mapRun] = Array.isArray(mapRuns) ? mapRuns : [];
  const mapRunArn: unknown = Reflect.get(Object(mapRun), 'mapRunArn');
  expect(await call('DescribeMapRun', { mapRunArn })).toMatchObject({
    status: 'SUCCEEDED',
    toleratedFailureCount: 1,
    itemCounts: { succeeded: 2, failed: 1, total: 3 },
  });
});

test.each([
  ['an unknown machine', 'StartExecution', { stateMachineArn: 'arn:x' }, 'StateMachineDoesNotExist'],
  [
    'an unknown execution',
    'DescribeExecution',
    { executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:m:absent' },
    'ExecutionDoesNotExist',
  ],
  ['an invalid definition', 'CreateStateMachine', { name: 'm', definition: '{}' }, 'InvalidDefinition'],
  ['a member of the wrong type', 'StartExecution', { stateMachineArn: 1 }, 'ValidationException'],
])('%s is rejected', async (_name, operation, request, error) => {
  await expect(engineFixture(nothing).call(operation, request)).rejects.toMatchObject({ name: error });
});
