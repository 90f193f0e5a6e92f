import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BatchRules } from '../../../../shared/model/trigger.ts';
import { onObjects } from '../../../../shared/use-cases/events/on-objects.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { objectCreated } from '../../events/fixtures.ts';
import { Crash, pipelineOf, World } from '../../world/world.ts';

const rules = { max: 1000, overlap: 'queue', deadlineSeconds: 60, onFailure: 'continue' } as const;

function worldOf(batch: BatchRules): World {
  return new World([
    pipelineOf('orders', {
      params: { day: { type: 'string' } },
      runs: rules,
      triggers: { arrivals: { kind: 's3', bucket: 'landing', key: 'in/{day}/*', batch } },
    }),
    pipelineOf('audit', { runs: rules, triggers: { all: { kind: 's3', bucket: 'landing', key: '**' } } }),
  ]);
}

const eventOf = (key: string, version = 1) =>
  objectCreated({ key, size: 10, etag: `e${version}`, sequencer: version.toString(16).padStart(16, '0') }, 'landing');

type Listed = { readonly key: string; readonly etag: string };

/** A pipeline's runs and their objects. */
function runsOf(world: World, pipeline: string) {
  const inputs: unknown[] = world.sfn.executions.map(({ input }) => input);
  return inputs.flatMap((input) => {
    const { run, params } = JSON.parse(JSON.stringify(input));
    if (run.pipeline !== pipeline) return [];
    const { manifest, objects } = run.trigger;
    const listed: Listed[] =
      manifest === undefined ? objects : JSON.parse(world.objects.get(manifest.slice('s3://'.length)) ?? '');
    return [{ trigger: run.trigger, params, objects: listed }];
  });
}

const arrive = (world: World, ...events: unknown[]) =>
  onObjects(
    world.system,
    events.map((body, at) => ({ messageId: String(at), body })),
  );

test('objects that bind different parameters are in different batches, and a batch is one run', async () => {
  const world = worldOf({ size: 2 });
  await arrive(world, eventOf('in/a/1'), eventOf('in/b/1'), eventOf('in/a/2'));
  expect(runsOf(world, 'orders')).toMatchObject([
    {
      params: { day: 'a' },
      trigger: { kind: 's3', name: 'arrivals', bucket: 'landing', ending: 'size', count: 2, bytes: 20 },
    },
  ]);
  expect(runsOf(world, 'orders')[0]?.objects.map(({ key }) => key)).toEqual(['in/a/1', 'in/a/2']);
  expect(runsOf(world, 'audit')).toHaveLength(3);
});

test('the reconciler ends a batch that is due', async () => {
  const world = worldOf({ quietSeconds: 90 });
  await arrive(world, eventOf('in/a/1'));
  world.pass(60);
  await reconcile(world.system);
  expect(runsOf(world, 'orders')).toEqual([]);
  world.pass(60);
  await reconcile(world.system);
  expect(runsOf(world, 'orders')).toMatchObject([{ trigger: { ending: 'quiet', count: 1 } }]);
});

test('an object that is overwritten in a bucket without versions counts twice and is listed once, as it is now', async () => {
  const world = worldOf({ size: 2 });
  await arrive(world, eventOf('in/a/1', 2), eventOf('in/a/1', 1));
  expect(runsOf(world, 'orders')).toMatchObject([
    { trigger: { count: 2, superseded: 1 }, objects: [{ key: 'in/a/1', etag: 'e2' }] },
  ]);
});

describe('a key', () => {
  test.each([
    'in/a/with space+and%20percent',
    'in/a/übergrößen-東京-🗼',
    `in/a/${'x'.repeat(1019)}`,
    `in/a/${'é'.repeat(509)}`,
    'in/a/..\\"quotes\'#?&=',
  ])('%s is passed on unchanged', async (key) => {
    const world = worldOf({ size: 1 });
    await arrive(world, eventOf(key));
    expect(runsOf(world, 'orders')[0]?.objects.map((object) => object.key)).toEqual([key]);
  });
});

test('a batch of ten thousand objects is one run with the address of a list', async () => {
  const world = worldOf({ size: 10_000 });
  const all = Array.from({ length: 10_000 }, (_, n) => `in/a/${String(n).padStart(6, '0')}-${'k'.repeat(40)}`);
  for (let from = 0; from < all.length; from += 500) {
    await onObjects(
      { ...world.system, catalog: { ...world.system.catalog, pipelines: world.system.catalog.pipelines.slice(0, 1) } },
      all.slice(from, from + 500).map((key) => ({ messageId: key, body: eventOf(key) })),
    );
  }
  const runs = runsOf(world, 'orders');
  expect(runs).toHaveLength(1);
  expect(runs[0]?.objects.map(({ key }) => key)).toEqual(all);
  expect(JSON.stringify(world.sfn.executions[0]?.input).length).toBeLessThan(2_000);
});

/** Delivers messages again until none fails or meets a crash. */
async function deliver(world: World, events: readonly unknown[], size: number): Promise<void> {
  let left = events.map((body, at) => ({ messageId: String(at), body }));
  for (let round = 0; left.length > 0; round++) {
    if (round > 60) throw new Error(`${left.length} events are not taken`);
    const again: typeof left = [];
    for (let from = 0; from < left.length; from += size) {
      const messages = left.slice(from, from + size);
      try {
        const { batchItemFailures } = await onObjects(world.system, messages);
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        again.push(...messages.filter(({ messageId }) => failed.has(messageId)));
        if (world.crashed) throw new Crash('again');
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        world.restart();
        again.push(...messages);
      }
      world.pass(1);
    }
    left = again;
  }
}

async function settle(world: World): Promise<void> {
  for (let round = 0; round < 8; round++) {
    world.pass(60);
    try {
      await reconcile(world.system);
    } catch {}
    if (world.crashed) world.restart();
  }
}

/** Every version is in exactly one run of each pipeline. */
function expectEachOnce(world: World, versions: readonly string[]): void {
  for (const pipeline of ['orders', 'audit']) {
    const given = runsOf(world, pipeline).flatMap(({ objects }) => objects.map(({ key, etag }) => `${key} ${etag}`));
    expect(given.toSorted()).toEqual(versions.toSorted());
  }
}

test('each version is in exactly one run, whatever is doubled, late, out of order, or dies between two writes', async () => {
  const batch = fc.constantFrom<BatchRules>(
    { size: 3 },
    { size: 7, quietSeconds: 20 },
    { windowSeconds: 5 },
    { bytes: 50, windowSeconds: 60 },
    { expect: 4, windowSeconds: 60 },
  );
  const trouble = fc.constantFrom('crash before', 'crash after', 'error before', 'error after');
  const history = fc.record({
    batch,
    objects: fc.integer({ min: 1, max: 25 }),
    doubled: fc.array(fc.nat({ max: 24 }), { maxLength: 8 }),
    order: fc.infiniteStream(fc.nat({ max: 1000 })),
    faults: fc.array(fc.tuple(fc.nat({ max: 120 }), trouble), { maxLength: 8 }),
    size: fc.integer({ min: 1, max: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ batch, objects, doubled, order, faults, size }) => {
      const world = worldOf({ windowSeconds: 300, ...batch });
      const plan = new Map(faults);
      world.trouble = (act) => plan.get(act);
      const keys = Array.from({ length: objects }, (_, n) => `in/${n % 2}/${n}`);
      const sent = [...keys, ...doubled.flatMap((n) => keys[n] ?? [])]
        .map((key) => ({ key, at: order.next().value ?? 0 }))
        .sort((one, other) => one.at - other.at);
      await deliver(
        world,
        sent.map(({ key }) => eventOf(key)),
        size,
      );
      await settle(world);
      expectEachOnce(
        world,
        keys.map((key) => `${key} e1`),
      );
    }),
    { numRuns: 40 },
  );
});

test('ten thousand doubled, late and unordered objects are each in one run, although handlers conflict and die', async () => {
  const world = new World([
    pipelineOf('orders', {
      params: { day: { type: 'string' } },
      runs: rules,
      triggers: {
        arrivals: { kind: 's3', bucket: 'landing', key: 'in/{day}/*', batch: { size: 400, quietSeconds: 600 } },
      },
    }),
  ]);
  const chance = randomOf(1);
  const keys = Array.from({ length: 10_000 }, (_, n) => `in/${n % 3}/${n}`);
  const order = keys
    .flatMap((key) => (chance() < 0.05 ? [key, key] : [key]))
    // most come about when they were written, some much later
    .map((key, at) => ({ key, at: at + chance() * (chance() < 0.02 ? 5_000 : 50) }))
    .sort((one, other) => one.at - other.at);
  const waiting = order.map(({ key }, at) => ({ messageId: String(at), body: eventOf(key) }));
  let troubles = 0;
  world.trouble = () => {
    const dice = chance();
    if (dice < 0.004) troubles += 1;
    if (dice < 0.0015) return chance() < 0.5 ? 'crash before' : 'crash after';
    return dice < 0.004 ? (chance() < 0.5 ? 'error before' : 'error after') : undefined;
  };
  while (waiting.length > 0) {
    world.pass(1);
    // two handlers at a time, as Lambda has them
    const handed = [waiting.splice(0, 10), waiting.splice(0, 10)];
    const answers = await Promise.allSettled(handed.map((messages) => onObjects(world.system, messages)));
    for (const [at, answer] of answers.entries()) {
      const failed = answer.status === 'rejected' ? undefined : answer.value.batchItemFailures;
      const left = new Set(failed?.map(({ itemIdentifier }) => itemIdentifier));
      const again = (handed[at] ?? []).filter(
        ({ messageId }) => world.crashed || failed === undefined || left.has(messageId),
      );
      waiting.splice(Math.floor(chance() * 100), 0, ...again);
    }
    if (world.crashed) world.restart();
  }
  world.trouble = undefined;
  for (let minute = 0; minute < 15; minute++) {
    world.pass(60);
    await reconcile(world.system);
  }
  const given = runsOf(world, 'orders').flatMap(({ objects }) => objects.map(({ key }) => key));
  expect(given.toSorted()).toEqual(keys.toSorted());
  expect(runsOf(world, 'orders').length).toBeLessThan(40);
  expect(troubles).toBeGreaterThan(20);
});

/** A generator of numbers from 0 to 1, the same every time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
