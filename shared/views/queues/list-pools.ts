import { firstWaiting, heldPlaces } from '../../actors/kit/pool-queue.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Pools } from '../../model/pool.ts';
import { isoTime } from '../shapes.ts';
import type { PoolQueue } from './queue-view.ts';

const waitingShown = 100;

/**
 * The pools that tasks of the pipelines name: who holds places, and who waits for them.
 *
 * @param ledger absent: nothing has run yet
 */
export function listPools(
  ledger: Ledger | undefined,
  pools: Pools,
  pipelines: readonly Pipeline[],
): Promise<PoolQueue[]> {
  const named = new Set(pipelines.flatMap(({ tasks }) => tasks.flatMap(({ pool }) => pool?.name ?? [])));
  const shown = Object.entries(pools).filter(([pool]) => named.has(pool));
  return Promise.all(shown.map(([pool, places]) => readPool(ledger, pool, places)));
}

async function readPool(ledger: Ledger | undefined, pool: string, places: number): Promise<PoolQueue> {
  if (ledger === undefined) return { pool, places, held: 0, holders: [], waiting: [], more: false };
  const held = await heldPlaces(ledger, pool);
  const { waiting, more } = await firstWaiting(ledger, pool, waitingShown);
  const holders = Map.groupBy(held, ({ run, task }) => JSON.stringify([run, task])).values();
  return {
    pool,
    places,
    held: held.length,
    holders: [...holders].flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ run: first.run, task: first.task, places: 1 + others.length }],
    ),
    waiting: waiting.map(({ attempt: _, since, ...each }) => ({ ...each, since: isoTime(since) })),
    more: more && waiting.length === waitingShown,
  };
}
