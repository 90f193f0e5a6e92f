import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { TaskFailure } from '../../../../local/engine/engine.ts';
import { createMemoryStore } from '../../../../local/engine/store/create-memory-store.ts';
import { openEngineStore } from '../../../../local/engine/store/open-engine-store.ts';
import { engineFixture } from '../engine-fixture.ts';

const branch = (name: string) => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: {}, End: true } },
});
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Both',
  States: {
    Both: { Type: 'Parallel', Branches: [branch('Good'), branch('Bad')], Next: 'After' },
    ...branch('After').States,
  },
};

describe.each([
  ['in memory', createMemoryStore],
  ['on SQLite', () => openEngineStore(new DatabaseSync(':memory:'))],
])('a redrive, with a store %s,', (_name, store) => {
  test('keeps the branch that succeeded, and repeats the one that failed', async () => {
    const calls: string[] = [];
    let broken = true;
    const fixture = engineFixture(
      async ({ stateName }) => {
        calls.push(stateName);
        if (stateName === 'Bad' && broken) throw new TaskFailure('Broken', 'for now');
        return stateName;
      },
      { store: store() },
    );
    const { call, clock, statuses } = fixture;
    const failed = await fixture.run(await fixture.machine('m', definition), {}, 'one');
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Broken', redriveStatus: 'REDRIVABLE' });

    broken = false;
    const { executionArn } = failed;
    await call('RedriveExecution', { executionArn });
    await clock.run(() => false);

    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expect(calls).toEqual(['Good', 'Bad', 'Bad', 'After']);
    expect(statuses.map(({ status }) => status)).toEqual(['RUNNING', 'FAILED', 'RUNNING', 'SUCCEEDED']);
    expect(await fixture.events(executionArn)).toContain('ExecutionRedriven');
    await expect(call('RedriveExecution', { executionArn })).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
  });

  test('continues where the execution was stopped', async () => {
    let answer: (result: unknown) => void = () => undefined;
    const fixture = engineFixture(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      { store: store() },
    );
    const { call, clock } = fixture;
    const stateMachineArn = await fixture.machine('m', { QueryLanguage: 'JSONata', ...branch('Only') });
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    await clock.run(() => false);
    await call('StopExecution', { executionArn });
    await call('RedriveExecution', { executionArn });
    await clock.run(() => false);
    answer('done');
    await clock.run(() => false);
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  });
});
