import { beforeEach, expect, test } from 'vitest';
import { findRun } from '../../../shared/actors/kit/find-run.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { api } from '../../../shared/api/api.ts';
import { queueLimit } from '../../../shared/runs/slots/slots.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { pausePipeline, resumePipeline } from '../../../shared/use-cases/requests/pause-pipeline.ts';
import { stopRun } from '../../../shared/use-cases/requests/stop-run.ts';
import { World } from '../world/world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

const idOf = (n: number) => `orders-${String(n).padStart(4, '0')}`;

async function start(from: number, to: number, trigger?: string): Promise<void> {
  for (let n = from; n < to; n++) {
    world.now += 1;
    const named = trigger === undefined ? {} : { trigger: { kind: 's3', name: trigger } };
    await startRun(world.system, { pipeline: 'orders', cause: String(n).padStart(4, '0'), ...named });
  }
}

const statusOf = async (n: number) => (await findRun(world, idOf(n)))?.status;
const listed = async (partition: string) =>
  partition === 'open' ? (await world.open()).length : (await world.ledger.list(partition)).items.length;

/** Ends live runs one by one until none is left. @returns their numbers in the order of their start */
async function playAll(): Promise<number[]> {
  for (let at = 0; at < world.sfn.executions.length; at++) {
    const execution = world.sfn.executions[at];
    if (execution === undefined || execution.status !== 'RUNNING') continue;
    await finishRun(world.system, { run: execution.name, pipeline: 'orders', status: 'SUCCEEDED', lost: {} });
    execution.status = 'SUCCEEDED';
  }
  return world.sfn.executions.map(({ name }) => Number(name.slice('orders-'.length)));
}

const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

test('runs beyond the queue’s size wait in the overflow, cost the reconciler nothing, and start in order', async () => {
  const all = queueLimit + 60;
  await start(0, all);
  expect(await listed('outside')).toBe(59);
  expect(await listed('open')).toBe(queueLimit + 1);
  const { items } = await world.ledger.list('pipeline#orders');
  expect(JSON.stringify(items[0]?.value).length).toBeLessThan(20_000);
  expect(await statusOf(all - 1)).toBe('QUEUED');
  expect(world.lines).toContainEqual(
    expect.objectContaining({ message: 'queue full, run waits outside', level: 'warning', run: idOf(all - 1) }),
  );
  expect(await playAll()).toEqual(upTo(0, all));
  expect([await listed('outside'), await listed('open')]).toEqual([0, 0]);
  expect((await world.ledger.list('pipeline#orders')).items[0]?.value).toEqual({ live: [], queued: [] });
});

test('a run in the overflow says why it waits, and can be stopped', async () => {
  await start(0, queueLimit + 3);
  const last = idOf(queueLimit + 2);
  const shown = await api(world.system, { method: 'GET', path: `/runs/${last}`, query: '', headers: {}, body: '' });
  expect(JSON.parse(shown.body)).toMatchObject({ status: 'QUEUED', waits: expect.stringContaining('queue is full') });
  await stopRun(world.system, last);
  expect(await statusOf(queueLimit + 2)).toBe('ABORTED');
  expect(await listed('outside')).toBe(1);
  expect(await playAll()).toEqual(upTo(0, queueLimit + 2));
});

test('the reconciler admits overflow runs that a crashed process left behind', async () => {
  await start(0, queueLimit + 10);
  await world.ledger.write([
    { key: { partition: 'pipeline#orders', sort: 'slots' }, expect: 'any', value: { live: [], queued: [] } },
  ]);
  await reconcile(world.system);
  expect(await listed('outside')).toBe(0);
});

test('paused runs take no queue place from others, and wait in the overflow until the resume', async () => {
  await pausePipeline(world.system, 'orders', 'files');
  await start(0, queueLimit + 5, 'files');
  await start(1000, 1005);
  expect(await listed('outside')).toBe(5);
  expect(await playAll()).toEqual(upTo(1000, 1005));
  await resumePipeline(world.system, 'orders', { trigger: 'files', drop: false });
  await playAll();
  expect((await playAll()).slice(5)).toEqual(upTo(0, queueLimit + 5));
  expect([await listed('outside'), await listed('open')]).toEqual([0, 0]);
});

test('a drop covers the overflow, too, but no run from before or after the pause', async () => {
  await start(0, 3);
  await pausePipeline(world.system, 'orders', 'files');
  await start(10, 10 + queueLimit + 45, 'files');
  await resumePipeline(world.system, 'orders', { trigger: 'files', drop: true });
  world.now += 1;
  await start(1000, 1003, 'files');
  for (let minute = 0; minute < 5; minute++) await reconcile(world.system);
  expect(await playAll()).toEqual([0, 1, 2, 1000, 1001, 1002]);
  expect(await statusOf(10 + queueLimit + 44)).toBe('SKIPPED');
  expect([await listed('outside'), await listed('open')]).toEqual([0, 0]);
});
