import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { isJsonObject } from '../../../shared/json.ts';
import { engineFixture } from './engine-fixture.ts';
import { mortalStore } from './mortal-store.ts';

const long = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 1000, End: true } } };
const nested = (arn: string) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::states:startExecution.sync:2',
  Parameters: { StateMachineArn: arn, Name: 'child' },
  End: true,
});
const far = {
  Type: 'Map',
  ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...long },
  End: true,
};

/** Its second branch fails after five seconds, so whatever the first branch waits for must stop. */
const failing = (first: object) => ({
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'First', States: { First: first } },
        { StartAt: 'Pause', States: { Pause: { Type: 'Wait', Seconds: 5, Next: 'Bad' }, Bad: { Type: 'Fail' } } },
      ],
      End: true,
    },
  },
});

async function runAndDie(first: (childArn: string) => object, dieBehind: number) {
  const database = new DatabaseSync(':memory:');
  const { store, isDead } = mortalStore(database, dieBehind, () => undefined);
  const before = engineFixture(async () => ({}), { store });
  const childArn = await before.machine('child', long);
  const stateMachineArn = await before.machine('parent', failing(first(childArn)));
  const input = '["item"]';
  void before.call('StartExecution', { stateMachineArn, name: 'one', input }).catch(() => undefined);
  await before.clock.run(isDead);
  const after = isDead()
    ? engineFixture(async () => ({}), { store: mortalStore(database, Infinity, () => {}).store })
    : before;
  await after.engine.recover();
  await after.clock.run(() => false);
  const { executions } = await after.call('ListExecutions', { stateMachineArn });
  expect(executions).toMatchObject([{ name: 'one', status: 'FAILED' }]);
  const { mapRuns } = await after.call('ListMapRuns', {
    executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:parent:one',
  });
  const [mapRun] = Array.isArray(mapRuns) ? mapRuns : [];
  const whose = isJsonObject(mapRun) ? { mapRunArn: mapRun.mapRunArn } : { stateMachineArn: childArn };
  const children = await after.call('ListExecutions', whose);
  return { children: children.executions };
}

describe.each([
  ['a nested execution', nested],
  ['a distributed Map’s child', () => far],
])('%s is stopped together with the state that waits for it', (_name, first) => {
  test('without a crash', async () => {
    const { children } = await runAndDie(first, Number.POSITIVE_INFINITY);
    expect(children).toMatchObject([{ status: 'ABORTED' }]);
  });

  test.each([1, 2, 3, 4])('when the process dies after commit %i', async (dieBehind) => {
    expect((await runAndDie(first, dieBehind)).children).toMatchObject([{ status: 'ABORTED' }]);
  });
});
