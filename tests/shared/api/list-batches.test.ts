import { expect, test } from 'vitest';
import type { BatchRules } from '../../../shared/model/trigger.ts';
import { onObjects } from '../../../shared/use-cases/events/on-objects.ts';
import { objectCreated } from '../events/fixtures.ts';
import { pipelineOf, World } from '../world/world.ts';
import { callApi } from './call-api.ts';

async function gathered(batch: BatchRules, ...keys: readonly string[]): Promise<World> {
  const trigger = { kind: 's3', bucket: 'landing', key: 'in/{day}/*', batch } as const;
  const world = new World([
    pipelineOf('orders', { params: { day: { type: 'string' } }, triggers: { arrivals: trigger } }),
    pipelineOf('idle', { triggers: { all: { kind: 's3', bucket: 'landing', key: '**' } } }),
  ]);
  const events = keys.map((key, at) => ({
    messageId: String(at),
    body: objectCreated({ key, size: 10, etag: `e${at}`, sequencer: '1' }, 'landing'),
  }));
  await onObjects(world.system, events);
  return world;
}

test('an open batch shows its size and what will end it', async () => {
  const world = await gathered({ size: 3, windowSeconds: 60 }, 'in/a/1', 'in/a/2', 'in/b/1');
  const { body } = await callApi(world, 'GET', '/batches');
  expect(body).toMatchObject({
    batches: [
      { pipeline: 'orders', trigger: 'arrivals', params: { day: 'a' }, count: 2, bytes: 20, size: 3 },
      { params: { day: 'b' }, count: 1, until: new Date(world.now + 60_000).toISOString() },
    ],
    more: false,
  });
});

test('a batch with expected names lists the missing ones, and a complete batch is not open', async () => {
  const world = await gathered({ expect: ['x.csv', 'y.csv'] }, 'in/a/x.csv', 'in/b/x.csv', 'in/b/y.csv');
  const { body } = await callApi(world, 'GET', '/batches?pipeline=orders');
  expect(body).toMatchObject({ batches: [{ params: { day: 'a' }, expected: 2, missing: ['y.csv'] }] });
  expect((await callApi(world, 'GET', '/batches?pipeline=idle')).body).toEqual({ batches: [], more: false });
});
