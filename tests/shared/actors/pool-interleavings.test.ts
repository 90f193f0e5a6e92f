import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSqliteLedger } from '../../../local/storage/sqlite-ledger.ts';
import { firstWaiting, heldPlaces } from '../../../shared/actors/kit/pool-queue.ts';
import { signalTask } from '../../../shared/actors/task-actor.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import type { System } from '../../../shared/services/system.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../world/world.ts';

const pool = 'warehouse';
/** How many places each task takes. */
const wanted = { a: 1, b: 1, c: 2, d: 1, e: 3 } as const;
type Name = keyof typeof wanted;
const names: readonly Name[] = ['a', 'b', 'c', 'd', 'e'];
const isName = (name: string | undefined): name is Name => name !== undefined && Object.hasOwn(wanted, name);

const pipeline = pipelineOf('orders', {
  tasks: names.map((name, index) => ({
    ...taskOf(name),
    pool: { name: pool, places: wanted[name], priority: index % 2 },
  })),
});

type Around = { readonly world: World; readonly system: System };

function workOf(job: Name) {
  return { kind: 'glue-job' as const, job, args: {}, inject: true };
}

const acts = {
  call: ({ world, system }: Around, name: Name) =>
    startTask(system, callOf(world.waitWith(`token-${name}`), { task: name, work: workOf(name) })),
  async end({ world, system }: Around, name: Name) {
    const run = world.glue.live().find(({ JobName }) => JobName === name);
    if (run === undefined) return;
    world.glue.end(run.Id, 'SUCCEEDED');
    await jobEnded(system, name, run.Id, 'SUCCEEDED');
  },
  stop: ({ system }: Around, name: Name) => signalTask(system, { run: 'run-1', task: name }, { is: 'stop' }),
  reconcile: ({ system }: Around) => reconcile(system),
} satisfies Record<string, (around: Around, name: Name) => Promise<unknown>>;

const act = fc.tuple(
  fc.constantFrom<keyof typeof acts>('call', 'call', 'call', 'end', 'end', 'stop', 'reconcile'),
  fc.constantFrom(...names),
  // The number of other steps before this act starts.
  fc.integer({ min: 0, max: 12 }),
);

test('no place is held twice or for ever, and every task gets a place, however functions interleave', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 3 }),
      fc.array(act, { minLength: 3, maxLength: 12 }),
      async (scheduler, capacity, drawn) => {
        const inner = createSqliteLedger(new DatabaseSync(':memory:'));
        let together = true;
        const meet = <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) => {
          const later = scheduler.scheduleFunction(call);
          return (...args: Args): Promise<T> => (together ? later(...args) : call(...args));
        };
        const write = async (changes: Parameters<Ledger['write']>[0]): Promise<void> => {
          await inner.write(changes);
          expect((await heldPlaces(inner, pool)).length).toBeLessThanOrEqual(capacity);
        };
        const world = new World([pipeline], { get: meet(inner.get), list: meet(inner.list), write: meet(write) });
        const entry = { pipeline, stateMachineArn: `${machine}orders` };
        const system: System = { ...world.system, catalog: createCatalog([entry], {}, { [pool]: capacity }) };
        const around = { world, system };
        const used = (): number =>
          world.glue.live().reduce((sum, { JobName }) => {
            return sum + (isName(JobName) ? Math.min(wanted[JobName], capacity) : 0);
          }, 0);

        const begun = drawn.map(async ([what, name, delay]) => {
          for (let turn = 0; turn < delay; turn++) await scheduler.schedule(Promise.resolve());
          await acts[what](around, name);
          expect(used()).toBeLessThanOrEqual(capacity);
        });
        const results = scheduler.waitFor(Promise.allSettled(begun));
        const failures = (await results).flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
        expect(failures).toEqual([]);
        together = false;
        for (let turn = 0; turn < 12; turn++) {
          world.pass(200);
          await reconcile(system);
          for (const name of names) await acts.end(around, name);
          for (const run of world.glue.runs) if (run.JobRunState === 'STOPPING') world.glue.end(run.Id, 'STOPPED');
        }
        const called = new Set(drawn.flatMap(([what, name]) => (what === 'call' ? [name] : [])));
        for (const name of called) expect(world.sfn.tokens.get(`token-${name}`)).toBeDefined();
        expect(await heldPlaces(inner, pool)).toEqual([]);
        expect(await firstWaiting(inner, pool, 1)).toEqual({ waiting: [], more: false });
      },
    ),
    { numRuns: 150 },
  );
});
