import { expect, test } from 'vitest';
import { findRun } from '../../../../shared/actors/kit/find-run.ts';
import { startRun } from '../../../../shared/actors/start-run.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { pausePipeline, resumePipeline } from '../../../../shared/use-cases/requests/pause-pipeline.ts';
import { World } from '../../world/world.ts';

/** Two runs of a paused pipeline. */
async function pausedWorld(trigger?: string) {
  const world = new World();
  await pausePipeline(world.system, 'orders', trigger);
  const ids: string[] = [];
  for (const cause of ['one', 'two']) {
    const answer = await startRun(world.system, {
      pipeline: 'orders',
      cause,
      trigger: { kind: 's3', name: 'arrivals' },
    });
    if (answer.is === 'run') ids.push(answer.run.id);
  }
  const statuses = async () => {
    const runs = await Promise.all(ids.map((id) => findRun(world.system, id)));
    return runs.map((run) => run?.status);
  };
  return { world, statuses, started: () => world.sfn.executions.map(({ name }) => name) };
}

test.each([[undefined], ['arrivals']])('a run that comes while %s is paused starts at the resume', async (trigger) => {
  const { world, statuses, started } = await pausedWorld(trigger);
  await reconcile(world.system);
  expect(await statuses()).toEqual(['QUEUED', 'QUEUED']);
  expect(started()).toEqual([]);
  await resumePipeline(world.system, 'orders', { ...(trigger === undefined ? {} : { trigger }), drop: false });
  expect(await statuses()).toEqual(['RUNNING', 'QUEUED']);
  expect(started()).toEqual(['orders-one']);
});

test('a held run can be dropped', async () => {
  const { world, statuses, started } = await pausedWorld();
  await resumePipeline(world.system, 'orders', { drop: true });
  expect(await statuses()).toEqual(['SKIPPED', 'SKIPPED']);
  expect(started()).toEqual([]);
  expect(await world.open()).toEqual([]);
});

test('another trigger’s runs start meanwhile', async () => {
  const { statuses } = await pausedWorld('nightly');
  expect(await statuses()).toEqual(['RUNNING', 'QUEUED']);
});

test.each(['crash before', 'crash after'] as const)(
  'a resume that dies at a %s and is repeated takes effect once',
  async (trouble) => {
    for (let act = 0; act < 15; act += 1) {
      const { world, statuses } = await pausedWorld();
      const first = world.acts.length;
      world.trouble = (at) => (at === first + act ? trouble : undefined);
      const resume = () => resumePipeline(world.system, 'orders', { drop: false });
      await resume().catch(() => undefined);
      world.trouble = undefined;
      world.restart();
      await resume();
      await reconcile(world.system);
      expect(await statuses()).toEqual(['RUNNING', 'QUEUED']);
      expect(world.sfn.executions).toHaveLength(1);
    }
  },
);
