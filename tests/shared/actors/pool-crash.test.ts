import { describe, expect, test } from 'vitest';
import { heldPlaces } from '../../../shared/actors/kit/pool-queue.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import type { System } from '../../../shared/services/system.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../world/world.ts';

const pool = 'warehouse';
const names = ['a', 'b'] as const;
const pipeline = pipelineOf('orders', {
  tasks: names.map((name) => ({ ...taskOf(name), pool: { name: pool, places: 1, priority: 0 } })),
});

function open(): { readonly world: World; readonly system: System } {
  const world = new World([pipeline]);
  const catalog = createCatalog([{ pipeline, stateMachineArn: `${machine}orders` }], {}, { [pool]: 1 });
  return { world, system: { ...world.system, catalog } };
}

const call = (world: World, system: System, job: string): Promise<unknown> =>
  startTask(
    system,
    callOf(world.waitWith(job), { task: job, work: { kind: 'glue-job', job, args: {}, inject: true } }),
  );

/** Task `a` takes the only place, task `b` waits for it, and then the job run of `a` ends. */
async function play(world: World, system: System): Promise<void> {
  await call(world, system, 'a');
  await call(world, system, 'b');
  const [first] = world.glue.runs;
  if (first === undefined) return;
  world.glue.end(first.Id, 'SUCCEEDED');
  await jobEnded(system, 'a', first.Id, 'SUCCEEDED');
}

describe.each(['before', 'after'])('a function that crashes %s any of its calls', (when) => {
  test('leaves no place held, so the next task gets it', async () => {
    const whole = open();
    await play(whole.world, whole.system);
    expect(whole.world.glue.runs.map(({ JobName }) => JobName)).toEqual(['a', 'b']);
    expect(whole.world.acts.length).toBeGreaterThan(20);
    for (let act = 0; act < whole.world.acts.length; act++) {
      const { world, system } = open();
      world.crashAt = { act, after: when === 'after' };
      await play(world, system).catch(() => undefined);
      world.restart();
      // Step Functions retries its calls, and the reconciler runs.
      for (const name of names) await call(world, system, name);
      for (let turn = 0; turn < 4; turn++) {
        world.pass(200);
        await reconcile(system);
        expect(world.glue.live().length, `act ${act}`).toBeLessThanOrEqual(1);
        for (const { Id } of world.glue.live()) world.glue.end(Id, 'SUCCEEDED');
        await reconcile(system);
      }
      expect(await heldPlaces(world.ledger, pool), `act ${act}`).toEqual([]);
      expect(world.glue.runs.map(({ JobName }) => JobName).sort(), `act ${act}`).toEqual(['a', 'b']);
      for (const name of names)
        expect(world.sfn.tokens.get(name), `act ${act}`).toEqual({ output: { status: 'succeeded' } });
    }
  });
});
