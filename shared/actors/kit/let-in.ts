import { admitTo } from '../../runs/slots/places.ts';
import type { TaskName, TaskSignal } from '../../runs/task/task-signal.ts';
import type { System } from '../../services/system.ts';
import { firstWaiting, heldPlaces } from './pool-queue.ts';

/** How many attempts are read from the queue at a time. */
const batch = 20;

/** `own`: the caller's task, which waits. `until`: when to leave the rest to the reconciler, epoch milliseconds. */
type Caller = { readonly own?: TaskName | undefined; readonly until: number };

/**
 * Gives the free places of a pool to those who have waited for them longest, by priority. Anybody may call it at any
 * time: the ledger lets nobody have a place that is held.
 *
 * @param enter takes a signal to another task
 * @returns the signals for the caller's task
 */
export async function letIn(
  { ledger, catalog, clock }: Pick<System, 'ledger' | 'catalog' | 'clock'>,
  pool: string,
  enter: (task: TaskName, signal: TaskSignal) => Promise<unknown>,
  { own, until }: Caller,
): Promise<TaskSignal[]> {
  const capacity = catalog.pools[pool];
  for (;;) {
    const taken = capacity === undefined ? [] : (await heldPlaces(ledger, pool)).map(({ number }) => number);
    const isFull = capacity !== undefined && taken.length >= capacity;
    const { waiting } = isFull ? { waiting: [] } : await firstWaiting(ledger, pool, batch);
    const admitted = admitTo(waiting, taken, capacity);
    if (admitted.length === 0) {
      return own === undefined || capacity === undefined ? [] : [{ is: 'full', taken: taken.length, capacity }];
    }
    let mine: TaskSignal | undefined;
    for (const { run, task, attempt, numbers } of admitted) {
      const signal: TaskSignal = { is: 'place', attempt, numbers };
      if (run === own?.run && task === own.task) mine = signal;
      else if (clock() < until) await enter({ run, task }, signal);
    }
    if (mine !== undefined) return [mine];
    if (clock() >= until) return [];
  }
}
