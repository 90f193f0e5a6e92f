import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { EngineStore } from '../../../local/engine/ports/engine-store.ts';
import { openEngineStore } from '../../../local/engine/store/open-engine-store.ts';
import { engineFixture, epoch } from './engine-fixture.ts';

const child = { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2' };
const nested = (arn: string) => ({
  StartAt: 'Child',
  States: { Child: { ...child, Parameters: { StateMachineArn: arn }, End: true } },
});
const pass = { StartAt: 'P', States: { P: { Type: 'Pass', Result: 'done', End: true } } };

/** A store whose disk is full for a while, from one commit on. */
function refusing(from: number, times: number): { readonly store: EngineStore; readonly refusals: () => number } {
  const store = openEngineStore(new DatabaseSync(':memory:'));
  let commits = 0;
  const refused = () => Math.max(0, Math.min(times, commits - from + 1));
  return {
    refusals: refused,
    store: {
      ...store,
      commit(changes) {
        commits += 1;
        if (commits >= from && commits < from + times) throw new Error('database or disk is full');
        store.commit(changes);
      },
    },
  };
}

test.each([1, 2, 3])('an execution survives a disk that is full from commit %i on', async (from) => {
  const { store, refusals } = refusing(from, 3);
  const { call, machine, clock, statuses } = engineFixture(async () => ({}), { store });
  const stateMachineArn = await machine('parent', nested(await machine('child', pass)));
  const started = call('StartExecution', { stateMachineArn, name: 'one' }).catch((error: Error) => error.name);
  await clock.run(() =>
    statuses.some((detail) => detail.stateMachineArn === stateMachineArn && detail.status !== 'RUNNING'),
  );
  expect(refusals()).toBe(3);
  expect(clock.now()).toBeGreaterThan(epoch);
  if (from === 1) expect(await started).toBe('ServiceUnavailable');
  const executionArn = stateMachineArn.replace('stateMachine', 'execution').concat(':one');
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
  expect(statuses.map(({ name, status }) => [name === 'one', status]).toSorted()).toEqual([
    [false, 'RUNNING'],
    [false, 'SUCCEEDED'],
    [true, 'RUNNING'],
    [true, 'SUCCEEDED'],
  ]);
});

test('a locked file is reported', async () => {
  const store: EngineStore = openEngineStore(new DatabaseSync(':memory:', { timeout: 0 }));
  const database = new DatabaseSync(':memory:');
  const broken = openEngineStore(database);
  database.close();
  const { machine } = engineFixture(async () => ({}), { store: { ...store, saveDocument: broken.saveDocument } });
  await expect(machine('m', pass)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
});
