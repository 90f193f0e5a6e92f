import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { EngineStore } from '../../../../local/engine/ports/engine-store.ts';
import { openEngineStore } from '../../../../local/engine/store/open-engine-store.ts';
import { engineFixture } from '../engine-fixture.ts';

const waiting = {
  QueryLanguage: 'JSONata',
  StartAt: 'Token',
  States: {
    Token: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'f', Payload: '{% $states.context.Task.Token %}' },
      End: true,
    },
  },
};

test('a closed token is reported only after the event that closed it is on disk', async () => {
  const store = openEngineStore(new DatabaseSync(':memory:'));
  const committed: string[] = [];
  const watched: EngineStore = {
    ...store,
    commit(changes) {
      store.commit(changes);
      for (const { events } of changes) committed.push(...events.map(({ type }) => type));
    },
  };
  let taskToken = '';
  const { call, machine, clock } = engineFixture(
    async (task) => {
      taskToken = task.taskToken;
      return {};
    },
    { store: watched },
  );
  await call('StartExecution', { stateMachineArn: await machine('waiting', waiting), name: 'one' });
  await clock.run(() => taskToken !== '');
  await clock.run(() => true);
  const first = call('SendTaskSuccess', { taskToken, output: '1' });
  for (let turn = 0; turn < 100; turn += 1) await undefined; // The transition is computed, and its commit is pending.
  expect(committed).not.toContain('TaskSucceeded');
  const second = call('SendTaskSuccess', { taskToken, output: '2' });
  await expect(second).rejects.toMatchObject({ name: 'TaskTimedOut' });
  expect(committed).toContain('TaskSucceeded');
  await first;
});
