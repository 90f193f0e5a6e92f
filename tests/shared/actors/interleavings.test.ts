import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSqliteLedger } from '../../../local/storage/sqlite-ledger.ts';
import { findRun } from '../../../shared/actors/kit/find-run.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import { slotsKey } from '../../../shared/ledger/ledger-keys.ts';
import type { RunRules } from '../../../shared/model/pipeline.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { stopRun } from '../../../shared/use-cases/requests/stop-run.ts';
import { pipelineOf, World } from '../world/world.ts';

const causes = ['a', 'b'] as const;
const idOf = (cause: string): string => `orders-${cause}`;

async function finish({ system }: World, cause: string): Promise<void> {
  const run = idOf(cause);
  if ((await findRun(system, run))?.status !== 'RUNNING') return;
  await finishRun(system, { run, pipeline: 'orders', status: 'SUCCEEDED', lost: {} });
}

const acts = {
  start: ({ system }: World, cause: string) => startRun(system, { pipeline: 'orders', cause }),
  stop: ({ system }: World, cause: string) => stopRun(system, idOf(cause)),
  finish,
  reconcile: ({ system }: World) => reconcile(system),
} satisfies Record<string, (world: World, cause: string) => Promise<unknown>>;

const act = fc.tuple(
  fc.constantFrom<keyof typeof acts>('start', 'start', 'start', 'stop', 'stop', 'finish', 'reconcile'),
  fc.constantFrom(...causes),
  // how much else happens before it starts
  fc.integer({ min: 0, max: 12 }),
);

test('every run ends and every slot is freed, however functions interleave in the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.constantFrom(1, 2),
      fc.constantFrom<RunRules['overlap']>('queue', 'queue', 'skip', 'cancel_running'),
      fc.array(act, { minLength: 3, maxLength: 8 }),
      async (scheduler, max, overlap, drawn) => {
        const inner = createSqliteLedger(new DatabaseSync(':memory:'));
        let together = true;
        const meet = <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) => {
          const later = scheduler.scheduleFunction(call);
          return (...args: Args): Promise<T> => (together ? later(...args) : call(...args));
        };
        const ledger: Ledger = { get: meet(inner.get), list: meet(inner.list), write: meet(inner.write) };
        const { runs } = pipelineOf('orders');
        const world = new World([pipelineOf('orders', { runs: { ...runs, max, overlap } })], ledger);

        const begun = drawn.map(async ([what, cause, delay]) => {
          for (let turn = 0; turn < delay; turn++) await scheduler.schedule(Promise.resolve());
          await acts[what](world, cause);
        });
        await scheduler.waitFor(Promise.allSettled(begun));
        together = false;
        const asked = new Set(drawn.flatMap(([what, cause]) => (what === 'start' ? [cause] : [])));
        for (const cause of asked) await acts.start(world, cause);
        for (let turn = 0; turn < 12; turn++) {
          world.pass(60);
          await reconcile(world.system);
          for (const cause of asked) await finish(world, cause);
        }

        for (const cause of asked) expect(await findRun(world.system, idOf(cause))).toMatchObject({ settled: true });
        const slots = (await inner.get(slotsKey('orders')))?.value;
        if (slots !== undefined) expect(slots).toMatchObject({ live: [], queued: [] });
      },
    ),
    { numRuns: 200 },
  );
});

test('a slot held by a finished run goes to the next run', async () => {
  const world = new World();
  await startRun(world.system, { pipeline: 'orders', cause: 'a' });
  await finish(world, 'a');
  const { version = 0 } = (await world.ledger.get(slotsKey('orders'))) ?? {};
  const value = { live: [idOf('a')], queued: [] };
  await world.ledger.write([{ key: slotsKey('orders'), expect: version, value }]);
  await startRun(world.system, { pipeline: 'orders', cause: 'b' });
  expect(await findRun(world.system, idOf('b'))).toMatchObject({ status: 'RUNNING' });
});

test('a deployment without a pipeline stops its live runs and starts no queued ones', async () => {
  const world = new World();
  for (const cause of ['a', 'b']) await startRun(world.system, { pipeline: 'orders', cause });
  const stranger = { ...world.system, catalog: createCatalog([]) };
  await stopRun(stranger, idOf('a'));
  expect(await findRun(world.system, idOf('a'))).toMatchObject({ status: 'ABORTED', settled: true });
  expect(await findRun(world.system, idOf('b'))).toMatchObject({ status: 'QUEUED' });
  await reconcile(world.system);
  expect(await findRun(world.system, idOf('b'))).toMatchObject({ status: 'RUNNING' });
});
