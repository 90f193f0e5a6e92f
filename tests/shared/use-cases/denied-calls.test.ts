import { expect, test } from 'vitest';
import { startRun } from '../../../shared/actors/start-run.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import { onRunState } from '../../../shared/use-cases/events/on-run-state.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { callOf, machine, pipelineOf, World } from '../world/world.ts';

function deny(world: World, ...calls: readonly string[]): void {
  world.fault = (name, when) => {
    if (when === 'before' && calls.includes(name))
      throw Object.assign(new Error(`not authorized to perform ${name}`), {
        name: 'AccessDeniedException',
        $metadata: { httpStatusCode: 400 },
      });
  };
}

async function running(world: World): Promise<string> {
  const answer = await startRun(world.system, { pipeline: 'orders', cause: 'x' });
  const id = answer.is === 'run' ? answer.run.id : '';
  await startTask(world.system, callOf(world.waitWith('t'), { run: id }));
  return id;
}

/** Twenty minutes of sweeps. @returns the reported failures */
async function sweep(world: World, system = world.system, minutes = 20): Promise<number> {
  let failed = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    world.pass(60);
    failed += (await reconcile(system)).failed;
  }
  return failed;
}

const end = (id: string, status: string) => ({
  executionArn: `${machine.replace('stateMachine', 'execution')}orders:${id}`,
  stateMachineArn: `${machine}orders`,
  name: id,
  status,
});

const glueCalls = ['glue.get', 'glue.list', 'glue.stop'];

test('a run whose job can no longer be read ends and frees its slot', async () => {
  const world = new World();
  const id = await running(world);
  deny(world, ...glueCalls);
  await onRunState(world.system, end(id, 'TIMED_OUT'));
  await startRun(world.system, { pipeline: 'orders', cause: 'y' });
  expect(await sweep(world)).toBeGreaterThan(10);
  const next = await startRun(world.system, { pipeline: 'orders', cause: 'y' });
  expect(next).toMatchObject({ run: { status: 'RUNNING' } });
  const task = await world.ledger.get({ partition: `run#${id}`, sort: 'task#extract' });
  expect(JSON.stringify(task?.value)).toContain('Gluewright.AccessDenied');
});

test('each denied sweep reports a failure, which an alarm counts', async () => {
  const world = new World();
  await running(world);
  deny(world, ...glueCalls);
  expect(await sweep(world, world.system, 5)).toBe(5);
  expect(world.lines).toContainEqual(expect.objectContaining({ message: 'reconcile failed', error: 'Refused' }));
});

test('a temporary denial ends nothing', async () => {
  const world = new World();
  await running(world);
  deny(world, ...glueCalls);
  await sweep(world, world.system, 10);
  world.fault = undefined;
  await sweep(world, world.system, 2);
  deny(world, ...glueCalls);
  await sweep(world, world.system, 10);
  world.fault = undefined;
  expect(await sweep(world, world.system, 2)).toBe(0);
  world.glue.end('jr_0001', 'SUCCEEDED');
  await sweep(world, world.system, 1);
  expect(world.sfn.tokens.get('t')).toMatchObject({ output: expect.anything() });
});

test('an unreadable execution is counted, and its run ends after some time', async () => {
  const world = new World();
  const id = await running(world);
  deny(world, 'sfn.describe', 'sfn.stop');
  expect(await sweep(world)).toBeGreaterThan(10);
  const run = await startRun(world.system, { pipeline: 'orders', cause: 'x' });
  expect(run).toMatchObject({ run: { id, status: 'ABORTED', error: 'Gluewright.AccessDenied' } });
});

test('a run of a removed pipeline ends, and its jobs are stopped', async () => {
  const world = new World();
  const id = await running(world);
  const system = { ...world.system, catalog: createCatalog([]) };
  await onRunState(system, end(id, 'ABORTED'));
  expect(world.glue.runs.map(({ JobRunState }) => JobRunState)).toEqual(['STOPPING']);
  world.glue.end('jr_0001', 'STOPPED');
  await sweep(world, system, 2);
  expect(await world.open()).toEqual([]);
});

test('a run of a removed pipeline ends even if everything about it is denied', async () => {
  const world = new World([pipelineOf('orders')]);
  const id = await running(world);
  const system = { ...world.system, catalog: createCatalog([]) };
  deny(world, ...glueCalls, 'sfn.describe', 'sfn.stop');
  await onRunState(system, end(id, 'ABORTED'));
  expect(await sweep(world, system)).toBeGreaterThan(10);
  expect(await world.open()).toEqual([]);
});
