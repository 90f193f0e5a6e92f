import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../../local/engine/store/create-memory-store.ts';
import { openEngineStore } from '../../../../local/engine/store/open-engine-store.ts';
import { isJsonObject } from '../../../../shared/json.ts';
import { engineFixture } from '../engine-fixture.ts';
import { oddFails } from './odd-fails.ts';

const pass = (Result: string) => ({ StartAt: 'P', States: { P: { Type: 'Pass', Result, End: true } } });
const nothing = async () => ({});
const stores = [
  ['in memory', createMemoryStore],
  ['in SQLite', () => openEngineStore(new DatabaseSync(':memory:'))],
] as const;

const namesIn = ({ executions }: { executions?: unknown }) =>
  Array.isArray(executions) ? executions.map((each) => isJsonObject(each) && each.name) : [];

describe.each(stores)('executions %s', (_name, openStore) => {
  async function published() {
    const fixture = engineFixture(nothing, { store: openStore() });
    const { call, machine, clock } = fixture;
    const stateMachineArn = await machine('m', pass('old'));
    const { stateMachineVersionArn: one } = await call('PublishStateMachineVersion', { stateMachineArn });
    await call('UpdateStateMachine', { stateMachineArn, definition: JSON.stringify(pass('new')) });
    const { stateMachineVersionArn: two } = await call('PublishStateMachineVersion', { stateMachineArn });
    const routingConfiguration = [{ stateMachineVersionArn: one, weight: 100 }];
    const { stateMachineAliasArn: live } = await call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration,
    });
    for (const [name, arn] of Object.entries({ plain: stateMachineArn, a: one, b: two, c: live, d: live })) {
      await call('StartExecution', { stateMachineArn: arn, name });
    }
    await clock.run(() => false);
    return { ...fixture, stateMachineArn, one, two, live };
  }

  test('are listed by the version or the alias that started them', async () => {
    const { call, stateMachineArn, one, two, live } = await published();
    const listed = async (arn: unknown) => namesIn(await call('ListExecutions', { stateMachineArn: arn }));
    expect(await listed(stateMachineArn)).toEqual(['d', 'c', 'b', 'a', 'plain']);
    expect(await listed(one)).toEqual(['d', 'c', 'a']);
    expect(await listed(two)).toEqual(['b']);
    expect(await listed(live)).toEqual(['d', 'c']);
    await expect(listed(`${stateMachineArn}:9`)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });

  test('of a version and a status are listed by page', async () => {
    const { call, one } = await published();
    const query = { stateMachineArn: one, statusFilter: 'SUCCEEDED', maxResults: 2 };
    const first = await call('ListExecutions', query);
    const rest = await call('ListExecutions', { ...query, nextToken: first.nextToken });
    expect([namesIn(first), namesIn(rest), rest.nextToken]).toEqual([['d', 'c'], ['a'], undefined]);
    expect(namesIn(await call('ListExecutions', { ...query, statusFilter: 'FAILED' }))).toEqual([]);
  });

  test('of a Map Run are listed by status and by redrive', async () => {
    const { call, machine, run } = engineFixture(nothing, { store: openStore() });
    const executionArn = (await run(await machine('m', oddFails), [1, 2, 3])).executionArn;
    const { mapRuns } = await call('ListMapRuns', { executionArn });
    const [mapRun] = Array.isArray(mapRuns) ? mapRuns.filter(isJsonObject) : [];
    const listed = async (filter: object) => {
      const { executions } = await call('ListExecutions', { mapRunArn: mapRun?.mapRunArn, ...filter });
      return Array.isArray(executions) ? executions.length : undefined;
    };
    expect(await listed({})).toBe(3);
    expect(await listed({ statusFilter: 'FAILED' })).toBe(1);
    expect(await listed({ statusFilter: 'PENDING_REDRIVE' })).toBe(0);
    expect(await listed({ redriveFilter: 'REDRIVEN' })).toBe(0);
    expect(await listed({ redriveFilter: 'NOT_REDRIVEN', maxResults: 2 })).toBe(2);
  });
});

const mapRunArn = 'arn:aws:states:eu-west-1:111122223333:mapRun:m/far:none';
test.each([
  ['neither a machine nor a Map Run', {}, 'ValidationException'],
  ['both', { stateMachineArn: 'ARN', mapRunArn }, 'ValidationException'],
  [
    'a machine, of which only what was redriven',
    { stateMachineArn: 'ARN', redriveFilter: 'REDRIVEN' },
    'ValidationException',
  ],
  [
    'a machine, of which only what waits',
    { stateMachineArn: 'ARN', statusFilter: 'PENDING_REDRIVE' },
    'ValidationException',
  ],
  ['an unknown status', { stateMachineArn: 'ARN', statusFilter: 'DONE' }, 'ValidationException'],
  ['an unknown machine', { stateMachineArn: 'arn:x' }, 'StateMachineDoesNotExist'],
  ['an unknown Map Run', { mapRunArn }, 'ResourceNotFound'],
  ['an Express machine', { stateMachineArn: 'EXPRESS' }, 'StateMachineTypeNotSupported'],
])('executions of %s are not listed', async (_name, request, error) => {
  const { call, machine } = engineFixture(nothing);
  const arns: Record<string, string> = {
    ARN: await machine('m', pass('a')),
    EXPRESS: await machine('e', pass('a'), 'EXPRESS'),
  };
  const { stateMachineArn: given } = { stateMachineArn: undefined, ...request };
  const stateMachineArn = given === undefined ? undefined : (arns[given] ?? given);
  const asked = { ...request, ...(stateMachineArn !== undefined && { stateMachineArn }) };
  await expect(call('ListExecutions', asked)).rejects.toMatchObject({ name: error });
});
