import { describe, expect, test } from 'vitest';
import { startRun } from '../../../../shared/actors/start-run.ts';
import type { Pipeline } from '../../../../shared/model/pipeline.ts';
import { matchArrival } from '../../../../shared/triggers/arrivals/match-arrival.ts';
import { takeIn } from '../../../../shared/use-cases/events/receive-objects.ts';
import { startTask } from '../../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { Crash, callOf, pipelineOf, World } from '../../world/world.ts';

const runs = { max: 1000, overlap: 'queue', deadlineSeconds: 86_400, onFailure: 'continue' } as const;
const files = pipelineOf('files', {
  triggers: { f: { kind: 's3', bucket: 'landing', key: '**', batch: { windowSeconds: 120 } } },
});

/** @returns the tasks' run */
async function withRunning(world: World, count: number): Promise<string> {
  const answer = await startRun(world.system, { pipeline: 'orders', cause: 'x' });
  const id = answer.is === 'run' ? answer.run.id : '';
  for (let index = 0; index < count; index += 1) {
    const name = `t${index}`;
    const work = { kind: 'glue-job', job: name, args: {}, inject: true } as const;
    await startTask(world.system, callOf(world.waitWith(name), { run: id, task: name, work }));
  }
  return id;
}

describe('beside 3,000 live job runs', () => {
  const orders: Pipeline = pipelineOf('orders', { runs });

  test('a batch of two minutes ends within 90 seconds of its time', async () => {
    const world = new World([orders, files]);
    await withRunning(world, 3_000);
    // the cursor is in the middle of its round
    await reconcile(world.system);
    const object = { bucket: 'landing', key: 'a.csv', etag: 'e', sequencer: '1' };
    await takeIn(world.system, matchArrival([files], object));
    const since = world.now;
    while ((await world.open('arrivals#')).length > 0 && world.now < since + 3_600_000) {
      world.pass(60);
      await reconcile(world.system);
    }
    expect(world.now - since).toBeLessThanOrEqual((120 + 90) * 1000);
  });

  test('a task past its deadline is stopped within 90 seconds', async () => {
    const world = new World([orders]);
    const run = await withRunning(world, 3_000);
    await reconcile(world.system);
    const work = { kind: 'glue-job', job: 'late', args: {}, inject: true } as const;
    await startTask(world.system, callOf(world.waitWith('late'), { run, task: 'zz', work, deadline: 60 }));
    for (let sweep = 0; sweep < 2; sweep += 1) {
      world.pass(60);
      await reconcile(world.system);
    }
    expect(world.glue.runs.find(({ JobName }) => JobName === 'late')?.JobRunState).toBe('STOPPING');
  });
});

test('a sweep ends before the next begins, however slow Glue is, and the next continues', async () => {
  const world = new World([pipelineOf('orders', { runs })]);
  await withRunning(world, 400);
  world.fault = (name, when) => {
    if (when === 'before' && name === 'glue.get') world.now += 250;
  };
  const asked = () => world.acts.filter((act) => act === 'glue.get').length;
  const begun = world.now;
  const first = await reconcile(world.system);
  expect(world.now - begun).toBeLessThan(60_000);
  const before = asked();
  expect(before).toBeLessThan(400);
  expect(first.next).toBeDefined();
  world.pass(20);
  world.acts = [];
  for (let sweep = 0; sweep < 3; sweep += 1) await reconcile(world.system);
  expect(before + asked()).toBeGreaterThanOrEqual(400);
});

test('the sweep after a crashed one does not restart at the same place', async () => {
  const world = new World([pipelineOf('orders', { runs })]);
  await withRunning(world, 300);
  let asked = 0;
  world.trouble = (act) => {
    if (world.acts[act - 1] === 'glue.get') asked += 1;
    return asked > 250 ? 'crash before' : undefined;
  };
  world.acts = [];
  await reconcile(world.system).catch(() => undefined);
  world.trouble = undefined;
  world.restart();
  const cursor = await world.ledger.get({ partition: 'reconcile', sort: 'cursor' });
  expect(cursor?.value.from).toEqual(expect.any(String));
});

describe('two sweeps at once', () => {
  test('do not check the same items twice', async () => {
    const world = new World([pipelineOf('orders', { runs })]);
    await withRunning(world, 50);
    world.pass(60);
    world.acts = [];
    const both = await Promise.all([reconcile(world.system), reconcile(world.system)]);
    expect(both.map(({ looked }) => looked).sort()).toEqual([0, 51]);
    expect(world.acts.filter((act) => act === 'glue.get')).toHaveLength(50);
  });

  test('a crashed sweep does not block the next', async () => {
    const world = new World([pipelineOf('orders', { runs })]);
    await withRunning(world, 5);
    world.pass(60);
    world.fault = (name) => {
      if (name === 'glue.get') throw new Crash(name);
    };
    world.trouble = (act) => (world.acts[act - 1] === 'glue.get' ? 'crash before' : undefined);
    await reconcile(world.system).catch(() => undefined);
    world.trouble = undefined;
    world.fault = undefined;
    world.restart();
    world.pass(60);
    expect((await reconcile(world.system)).looked).toBe(6);
  });
});

test('a start whose function died is repeated within 90 seconds of its lease', async () => {
  const world = new World([pipelineOf('orders', { runs })]);
  const run = await withRunning(world, 600);
  await reconcile(world.system);
  world.acts = [];
  world.trouble = (act) => (world.acts[act - 1] === 'ledger.write' ? 'crash before' : undefined);
  const work = { kind: 'glue-job', job: 'lost', args: {}, inject: true } as const;
  const call = callOf(world.waitWith('lost'), { run, task: 'zz', work });
  await startTask(world.system, call).catch(() => undefined);
  world.trouble = undefined;
  world.restart();
  for (let sweep = 0; sweep < 4; sweep += 1) {
    world.pass(60);
    await reconcile(world.system);
  }
  expect(world.glue.runs.filter(({ JobName }) => JobName === 'lost')).toHaveLength(1);
});

test('a run is reported late within 90 seconds, beside 1,500 others', async () => {
  const late = pipelineOf('zlate', { runs: { ...runs, lateSeconds: 600 } });
  const world = new World([pipelineOf('orders', { runs }), late]);
  await withRunning(world, 1_500);
  await startRun(world.system, { pipeline: 'zlate', cause: 'a' });
  world.pass(540);
  for (let sweep = 0; sweep < 3; sweep += 1) {
    world.pass(50);
    await reconcile(world.system);
  }
  expect(world.lines).toContainEqual(expect.objectContaining({ message: 'run late' }));
});

test('600 tasks past their deadline that Glue does not stop block nothing due after them', async () => {
  const world = new World([pipelineOf('orders', { runs }), files]);
  const run = await withRunning(world, 0);
  for (let index = 0; index < 600; index += 1) {
    const work = { kind: 'glue-job', job: 'slow', args: {}, inject: true } as const;
    const call = callOf(world.waitWith(`s${index}`), { run, task: `s${index}`, work, deadline: 60 });
    await startTask(world.system, call);
  }
  for (let sweep = 0; sweep < 3; sweep += 1) {
    world.pass(60);
    await reconcile(world.system);
  }
  const object = { bucket: 'landing', key: 'a.csv', etag: 'e', sequencer: '1' };
  await takeIn(world.system, matchArrival([files], object));
  const since = world.now;
  while ((await world.open('arrivals#')).length > 0 && world.now < since + 3_600_000) {
    world.pass(60);
    await reconcile(world.system);
  }
  expect(world.now - since).toBeLessThanOrEqual((120 + 90) * 1000);
});
