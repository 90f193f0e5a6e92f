import { beforeEach, describe, expect, test } from 'vitest';
import { createHandler } from '../../../../functions/on-objects.ts';
import { listDeadLetters } from '../../../../shared/actors/dead-letters.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { objectCreated, sqsBatch } from '../../events/fixtures.ts';
import { pipelineOf, World } from '../../world/world.ts';

let world: World;
beforeEach(() => {
  const day = { day: { type: 'date' } } as const;
  world = new World([
    pipelineOf('orders', {
      params: day,
      runs: { max: 10, overlap: 'queue', deadlineSeconds: 60, onFailure: 'continue' },
      triggers: { arrivals: { kind: 's3', bucket: 'landing', key: 'orders/{day}/*.csv' }, other: { kind: 'api' } },
    }),
    pipelineOf('audit', {
      runs: { max: 10, overlap: 'queue', deadlineSeconds: 60, onFailure: 'continue' },
      triggers: { all: { kind: 's3', bucket: 'landing', key: '**' } },
    }),
  ]);
});

const arrive = (...bodies: unknown[]) => createHandler(world.system)(sqsBatch(bodies));
const object = (key: string, more: Record<string, unknown> = {}, bucket = 'landing') =>
  objectCreated({ key, ...more }, bucket);
const started = () => world.sfn.executions.map(({ input }) => input);

describe('an object', () => {
  test('starts a run of each pipeline with a trigger for it, with the key’s parameters', async () => {
    expect(await arrive(object('orders/2026-11-20/a.csv'))).toEqual({ batchItemFailures: [] });
    expect(started()).toMatchObject([
      {
        run: {
          pipeline: 'orders',
          trigger: { kind: 's3', name: 'arrivals', bucket: 'landing', key: 'orders/2026-11-20/a.csv' },
        },
        params: { day: '2026-11-20' },
      },
      { run: { pipeline: 'audit' }, params: {} },
    ]);
  });

  test('is for the interval in its key, and without one becomes a dead letter', async () => {
    const trigger = { kind: 's3', bucket: 'landing', key: 'at/{when}/*' } as const;
    world = new World([
      pipelineOf('hourly', {
        params: { when: { type: 'string' } },
        triggers: { files: { ...trigger, interval: { of: '{when}', timezone: 'UTC' } } },
      }),
    ]);
    await arrive(object('at/2026-11-20T07/a.csv'), object('at/noon/a.csv'));
    expect(started()).toMatchObject([{ interval: { start: '2026-11-20T07:00:00Z', end: '2026-11-20T08:00:00Z' } }]);
    const [letter] = await listDeadLetters(world.system);
    expect(letter?.problems).toEqual([
      '`noon` does not name an hour, day or month: write it like 2026-11-21T04, 2026-11-21 or 2026-11',
    ]);
  });

  test('that is delivered again, even in the same batch, gives the same run', async () => {
    await arrive(object('x'));
    await arrive(object('x'), object('x'));
    expect(started()).toHaveLength(1);
  });

  test('that is written again gives a new run', async () => {
    await arrive(object('x'), object('x', { 'version-id': 'v2' }), object('x', { sequencer: '617f08299329d18a' }));
    expect(started()).toHaveLength(3);
  });

  test('of another bucket, or with a key of no trigger, starts nothing', async () => {
    await arrive(object('orders/2026-11-20/a.csv', {}, 'raw'));
    expect(started()).toEqual([]);
  });

  test('is also accepted without a queue, as the event itself', async () => {
    await createHandler(world.system)(object('x'));
    expect(started()).toHaveLength(1);
  });
});

test('two objects in one message batch are two runs, and an invalid one is a dead letter that blocks nothing', async () => {
  const answer = await arrive('no json', object('a'), { detail: {} }, object('orders/soon/a.csv'), object('b'));
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(started().filter((input) => JSON.stringify(input).includes('"audit"'))).toHaveLength(3);
  const letters = await listDeadLetters(world);
  expect(letters.map((letter) => (letter.kind === 'run' ? letter.request.params : letter.body))).toEqual(
    expect.arrayContaining(['no json', { detail: {} }, { day: 'soon' }]),
  );
  expect(letters).toHaveLength(3);
  expect((await world.open()).filter(({ value }) => value.kind === 'batch')).toEqual([]);
});

test('an object whose run cannot start now is received, and its run starts later', async () => {
  world.fault = (name, when) => {
    if (name === 'sfn.start' && when === 'before') throw new Error('throttled');
  };
  await arrive(object('x'));
  world.fault = undefined;
  await reconcile(world.system);
  await reconcile(world.system);
  expect(started()).toHaveLength(1);
});
