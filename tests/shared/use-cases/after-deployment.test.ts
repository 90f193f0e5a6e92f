import { expect, test } from 'vitest';
import { startRun } from '../../../shared/actors/start-run.ts';
import { refusalLines } from '../../../shared/deploy/watch/refusals.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { callOf, World } from '../world/world.ts';

function refuse(world: World, call: string, name: string): void {
  world.fault = (act, when) => {
    if (when === 'before' && act === call)
      throw Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });
  };
}

async function sweep(world: World, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    world.pass(60);
    await reconcile(world.system);
  }
}

test.each(['StateMachineDoesNotExist', 'StateMachineDeleting', 'AccessDeniedException'])(
  'a run whose machine answers %s right after a deployment starts once this ends',
  async (name) => {
    const world = new World();
    refuse(world, 'sfn.start', name);
    await startRun(world.system, { pipeline: 'orders', cause: 'x' });
    await sweep(world, 5);
    world.fault = undefined;
    await sweep(world, 1);
    expect(await startRun(world.system, { pipeline: 'orders', cause: 'x' })).toMatchObject({
      run: { status: 'RUNNING' },
    });
    expect(world.lines).toContainEqual(expect.objectContaining({ message: 'execution not possible yet' }));
  },
);

test('a run whose machine is missing for ten minutes fails, and an alarm counts its log line', async () => {
  const world = new World();
  refuse(world, 'sfn.start', 'StateMachineDoesNotExist');
  await startRun(world.system, { pipeline: 'orders', cause: 'x' });
  await sweep(world, 11);
  expect(await startRun(world.system, { pipeline: 'orders', cause: 'x' })).toMatchObject({
    run: { status: 'FAILED', error: 'StateMachineDoesNotExist' },
  });
  const message = refusalLines.find((line) => line.startsWith('execution'));
  expect(world.lines).toContainEqual(expect.objectContaining({ message }));
});

test.each(['EntityNotFoundException', 'AccessDeniedException'])(
  'a task whose job answers %s right after a deployment starts once this ends',
  async (name) => {
    const world = new World();
    refuse(world, 'glue.start', name);
    await startTask(world.system, callOf(world.waitWith('t')));
    await sweep(world, 5);
    expect(world.glue.runs).toEqual([]);
    world.fault = undefined;
    await sweep(world, 3);
    expect(world.glue.runs).toHaveLength(1);
  },
);

test('a task whose job is missing for ten minutes fails', async () => {
  const world = new World();
  refuse(world, 'glue.start', 'EntityNotFoundException');
  await startTask(world.system, callOf(world.waitWith('t')));
  await sweep(world, 14);
  expect(JSON.stringify(world.sfn.tokens.get('t'))).toContain('Gluewright.StartRefused');
});
