import { beforeEach, expect, test } from 'vitest';
import { reconcileFailureLines } from '../../../../shared/deploy/watch/reconcile-failures.ts';
import { openShards } from '../../../../shared/ledger/ledger-keys.ts';
import type { System } from '../../../../shared/services/system.ts';
import { startTask } from '../../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { callOf, World } from '../../world/world.ts';

let world: World;
const tasks = Array.from({ length: 10 }, (_, n) => `task-${n}`);
beforeEach(async () => {
  world = new World();
  for (const task of tasks) await startTask(world.system, callOf(world.waitWith(task), { task }));
  world.acts = [];
});

const asked = () => world.acts.filter((act) => act === 'glue.get').length;

test('open items are checked in parts, each continuing after the last, in a circle', async () => {
  expect(await reconcile(world.system, { limit: 4 })).toMatchObject({ looked: 4, next: expect.any(String) });
  expect(await reconcile(world.system, { limit: 4 })).toMatchObject({ looked: 4 });
  expect(await reconcile(world.system, { limit: 4 })).toEqual({ looked: 2, failed: 0 });
  expect(asked()).toBe(10);
  expect(await reconcile(world.system, { limit: 4 })).toMatchObject({ looked: 4 });
});

test('an unreadable pool does not block the others', async () => {
  const { ledger } = world.system;
  const read: string[] = [];
  const system: System = {
    ...world.system,
    catalog: { ...world.system.catalog, pools: { first: 1, second: 1 } },
    ledger: {
      get: (key) => ledger.get(key),
      write: (changes) => ledger.write(changes),
      list(partition, options) {
        read.push(partition);
        return partition === 'pool#first'
          ? Promise.reject(new Error('too many reads'))
          : ledger.list(partition, options);
      },
    },
  };
  expect(await reconcile(system)).toMatchObject({ failed: 1 });
  expect(read).toContain('pool#second');
});

test('a slow service does not make it restart each time', async () => {
  world.fault = (name, when) => {
    if (name === 'glue.get' && when === 'before') world.pass(40);
  };
  expect(await reconcile(world.system)).toMatchObject({ looked: 4, next: expect.any(String) });
  world.fault = undefined;
  expect(await reconcile(world.system)).toEqual({ looked: 6, failed: 0 });
});

test('one failing item does not block the others', async () => {
  await world.ledger.write([{ key: openShards.key('a', 'a'), expect: 0, value: { kind: 'riddle' } }]);
  for (const run of world.glue.runs) world.glue.end(run.Id, 'SUCCEEDED');
  expect(await reconcile(world.system)).toEqual({ looked: 11, failed: 1 });
  expect(tasks.map((task) => world.sfn.tokens.get(task)?.output)).toEqual(tasks.map(() => ({ status: 'succeeded' })));
  const [line] = reconcileFailureLines;
  expect(world.lines).toContainEqual(
    expect.objectContaining({ message: line, key: 'a', cause: expect.stringContaining('kind') }),
  );
});

test.each([
  ['open', 10],
  ['due', 11],
])('an unreadable partition of %s items does not block the others', async (list, others) => {
  const { ledger } = world.system;
  const broken = `${list}#0`;
  const run = Array.from('bcdefghijklmnop').find((name) => openShards.partitionOf(name) === 'open#0') ?? '';
  await startTask(world.system, callOf(world.waitWith('there'), { task: 'there', run }));
  for (const { Id } of world.glue.runs) world.glue.end(Id, 'SUCCEEDED');
  const system: System = {
    ...world.system,
    ledger: {
      get: (key) => ledger.get(key),
      write: (changes) => ledger.write(changes),
      list: (partition, options) =>
        partition === broken ? Promise.reject(new Error('too many reads')) : ledger.list(partition, options),
    },
  };
  expect(await reconcile(system)).toEqual({ looked: others, failed: 1 });
  const [line] = reconcileFailureLines;
  expect(world.lines).toContainEqual(
    expect.objectContaining({ message: line, key: broken, cause: 'Error: too many reads' }),
  );
  await reconcile(world.system);
  const ended = [...tasks, 'there'].map((token) => world.sfn.tokens.get(token)?.output);
  expect(ended).toEqual(ended.map(() => ({ status: 'succeeded' })));
});
