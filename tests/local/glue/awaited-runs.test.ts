import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { createGlue } from '../../../local/glue/glue.ts';
import { createSimulatedRunner } from '../../../local/glue/simulated-runner.ts';

const clock = createVirtualClock(Date.UTC(2026, 10, 22, 3));

function open(database: DatabaseSync) {
  let ids = 0;
  return createGlue({
    database,
    clock,
    uuid: () => (ids++).toString(16).padStart(32, '0'),
    jobs: new Map([['etl', { name: 'etl', type: 'glueetl', args: {}, maxConcurrentRuns: 3 }]]),
    runner: createSimulatedRunner({ clock, simulate: () => ({ seconds: 60 }), write: () => undefined }),
    emit: () => undefined,
  });
}

test('after a restart, a run is stopped only if its state no longer waits for it', async () => {
  const database = new DatabaseSync(':memory:');
  const before = open(database);
  const ids: string[] = [];
  const run = (glue: typeof before, key: string) => glue.runToEnd(key, { JobName: 'etl' }, (id) => ids.push(id));
  void run(before, 'forsaken');
  void run(before, 'awaited');
  await before.operations.StartJobRun?.({ JobName: 'etl' });
  await clock.run(() => ids.length === 2);
  before.close();

  const after = open(database);
  const awaited = run(after, 'awaited');
  after.recover();
  await clock.run(() => false);
  expect(await awaited).toMatchObject({ JobRunState: 'SUCCEEDED' });
  expect(await after.operations.GetJobRuns?.({ JobName: 'etl' })).toMatchObject({
    JobRuns: [
      { JobRunState: 'SUCCEEDED' },
      { Id: ids[1], JobRunState: 'SUCCEEDED' },
      { Id: ids[0], JobRunState: 'STOPPED' },
    ],
  });
});
