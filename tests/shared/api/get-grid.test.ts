import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { gridView } from '../../../shared/views/runs/grid-view.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, pipelineOf, taskOf, World } from '../world/world.ts';
import { callApi as call } from './call-api.ts';
import { startOrders } from './start-orders.ts';

const names = ['extract', 'clean', 'join', 'load', 'report', 'tell'];
const orders = pipelineOf('orders', {
  runs: { max: 100, overlap: 'queue', deadlineSeconds: 7200, onFailure: 'continue' },
  tasks: names.map((name, index) => taskOf(name, names.slice(Math.max(0, index - 1), index))),
});

/** Its tasks succeed up to one that fails, or all of them, and the run ends. */
async function ended(world: World, cause: string, failing?: string): Promise<string> {
  const run = await startOrders(world, cause);
  for (const task of failing === undefined ? names : names.slice(0, names.indexOf(failing) + 1)) {
    const work = { kind: 'glue-job' as const, job: task, args: {}, inject: true };
    await startTask(world.system, callOf(world.waitWith(`${cause}-${task}`), { run, task, work }));
    const id = world.glue.runs.at(-1)?.Id ?? '';
    const state = task === failing ? 'FAILED' : 'SUCCEEDED';
    world.glue.end(id, state, 'away');
    await jobEnded(world.system, task, id, state);
  }
  const status = failing === undefined ? 'SUCCEEDED' : 'FAILED';
  await finishRun(world.system, { run, pipeline: 'orders', status, lost: {} });
  return run;
}

async function gridOf(world: World, query: string): Promise<z.output<typeof gridView>> {
  return gridView.parse((await call(world, 'GET', `/pipelines/orders/grid?${query}`)).body);
}

test('a part of the grid has the same states as its runs, for any rows', async () => {
  const world = new World([orders]);
  const runs = [await ended(world, 'a'), await ended(world, 'b', 'join'), await startOrders(world, 'c')];
  const told = new Map<string, unknown>();
  for (const run of runs) {
    const tasks = z.array(z.object({ name: z.string(), state: z.string() }));
    for (const { name, state } of tasks.parse((await call(world, 'GET', `/runs/${run}`)).body.tasks)) {
      told.set(`${run} ${name}`, state);
    }
  }
  expect([...new Set(told.values())].toSorted()).toEqual(['failed', 'succeeded', 'upstream_failed', 'waiting']);
  for (const rows of [1, 2, 6, 50]) {
    for (let first = 0; first < names.length; first += rows) {
      const grid = await gridOf(world, `first=${first}&rows=${rows}`);
      expect(grid).toMatchObject({ rows: 6, first, tasks: names.slice(first, first + rows) });
      expect(grid.runs.map(({ id }) => id)).toEqual(runs.toReversed());
      for (const { id, states } of grid.runs) {
        expect(states).toEqual(grid.tasks.map((name) => told.get(`${id} ${name}`)));
      }
    }
  }
});

test('a run of any age is shown among its neighbours, and named runs alone', async () => {
  const world = new World([orders]);
  const runs: string[] = [];
  for (let number = 0; number < 30; number += 1) {
    runs.push(await startOrders(world, String(number)));
    world.pass(1);
  }
  const idsOf = async (query: string) => (await gridOf(world, query)).runs.map(({ id }) => id);
  const [old = '', other = ''] = [runs[4], runs[28]];
  const around = await gridOf(world, `at=${old}&limit=6`);
  expect(around.runs.map(({ id }) => id)).toEqual(runs.slice(2, 8).toReversed());
  expect(around.until).toBeDefined();
  const newest = await gridOf(world, `at=${other}&limit=6`);
  expect(newest.runs.map(({ id }) => id)).toEqual(runs.slice(24).toReversed());
  expect(newest.until).toBeUndefined();
  expect(await idsOf(`limit=6&cursor=${newest.next}`)).toEqual(runs.slice(18, 24).toReversed());
  expect(await idsOf(`run=${old}&run=${other}&run=nobody`)).toEqual([old, other]);
  expect(await idsOf('at=nobody&limit=2')).toEqual(runs.slice(28).toReversed());
});
