import { expect, test } from 'vitest';
import { startRun } from '../../../../shared/actors/start-run.ts';
import { finishRun } from '../../../../shared/use-cases/events/finish-run.ts';
import { World } from '../../world/world.ts';

/** A world whose bus records the calls made before each event. */
function worldWithBus(answer: () => object) {
  const world = new World();
  const asked: number[] = [];
  Object.assign(world.events, {
    send: async () => {
      asked.push(world.acts.length);
      return answer();
    },
  });
  return { world, asked };
}

test('a run’s events are published last, in the order of their recording', async () => {
  const world = new World();
  const told = () => world.told.splice(0).map(([, detail]) => `${Object(detail).run} ${Object(detail).status}`);
  for (const cause of ['a', 'b']) await startRun(world.system, { pipeline: 'orders', cause });
  expect(told()).toEqual(['orders-a PENDING', 'orders-a RUNNING', 'orders-b PENDING', 'orders-b QUEUED']);
  await finishRun(world.system, { run: 'orders-a', pipeline: 'orders', status: 'SUCCEEDED', lost: {} });
  expect(told()).toEqual(['orders-a SUCCEEDED', 'orders-b RUNNING']);
});

test('a bus that does not answer is called once, after everything else', async () => {
  const { world, asked } = worldWithBus(() => {
    throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
  });
  expect(await startRun(world.system, { pipeline: 'orders', cause: 'a' })).toMatchObject({ is: 'run' });
  expect(asked).toEqual([world.acts.length]);
  expect(world.lines).toContainEqual({ message: 'events not sent', count: 2, error: 'TimeoutError' });
});

test('recorded events are published even if a later effect fails', async () => {
  const world = new World();
  world.fault = (name) => {
    if (name === 'ledger.get' && world.told.length === 0 && world.acts.length > 4) throw new Error('gone');
  };
  await startRun(world.system, { pipeline: 'orders', cause: 'a' }).catch(() => undefined);
  expect(world.told.map(([, detail]) => Object(detail).status)).toEqual(['PENDING']);
});
