import { admitTo } from '../../runs/slots/places.ts';
import type { TaskName, TaskSignal } from '../../runs/task/task-signal.ts';
import type { System } from '../../services/system.ts';
import { firstWaiting, heldPlaces } from './pool-queue.ts';

/** How many attempts one function lets into a pool. The reconciler continues. */
const letInAtOnce = 10;

/**
 * Gives the free places of a pool to those who have waited for them longest, by priority. Anybody may call it at any
 * time: the ledger lets nobody have a place that is held.
 *
 * @param enter takes a signal to another task
 * @param own the caller's task, which waits: it is not entered
 * @returns the signals for the caller's task
 */
export async function letIn(
  system: Pick<System, 'ledger' | 'catalog'>,
  pool: string,
  enter: (task: TaskName, signal: TaskSignal) => Promise<unknown>,
  own?: TaskName,
  most = letInAtOnce,
): Promise<TaskSignal[]> {
  const capacity = system.catalog.pools[pool];
  for (let entered = 0; entered < most; ) {
    const taken = capacity === undefined ? [] : (await heldPlaces(system.ledger, pool)).map(({ number }) => number);
    const isFull = capacity !== undefined && taken.length >= capacity;
    const { waiting } = isFull ? { waiting: [] } : await firstWaiting(system.ledger, pool, most - entered);
    const admitted = admitTo(waiting, taken, capacity);
    let mine: TaskSignal | undefined;
    for (const { run, task, attempt, numbers } of admitted) {
      const signal: TaskSignal = { is: 'place', attempt, numbers };
      if (run === own?.run && task === own.task) mine = signal;
      else await enter({ run, task }, signal);
    }
    if (mine !== undefined) return [mine];
    if (admitted.length === 0) {
      return own === undefined || capacity === undefined ? [] : [{ is: 'full', taken: taken.length, capacity }];
    }
    entered += admitted.length;
  }
  return [];
}
