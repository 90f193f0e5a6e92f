import { openTasks } from '../actors/after-task.ts';
import { openBatches } from '../actors/batch-actor.ts';
import { openGates } from '../actors/gate-actor.ts';
import type { OpenEntry } from '../actors/open-entry.ts';
import { letInAll, openRuns } from '../actors/run-actor.ts';
import { openSchedules } from '../actors/schedule-actor.ts';
import { openWaiting } from '../actors/waiting-actor.ts';
import { present } from '../json.ts';
import type { Item } from '../ledger/ledger.ts';
import { cursorKey, openPartition } from '../ledger/ledger-keys.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';
import { catchUp } from './on-schedule.ts';
import { openGatherings } from './receive-objects.ts';
import { lookAtWatchedJobs } from './start-by-job.ts';
import { openFollowers } from './start-followers.ts';

/** `next`: where the next invocation goes on; undefined: from the beginning. */
export type Reconciled = { readonly looked: number; readonly failed: number; readonly next?: string };

const defaultLimit = 500;
/** Shorter than the function's time-out: what a slow service leaves undone is left to the next invocation. */
const budgetMilliseconds = 120_000;
/** Glue's API takes few calls a second. */
const atOnce = 4;

/**
 * Looks after whatever is open, a bounded part at each invocation: asks the services what no event has told, and does
 * again what may not have been done. Where there is nothing to mend it only asks.
 *
 * @param options.schedules false: times of schedules that were missed stay missed
 */
export async function reconcile(system: System, { limit = defaultLimit, schedules = true } = {}): Promise<Reconciled> {
  const cursor = await system.ledger.get(cursorKey);
  const from = cursor?.value.from;
  const options = { limit, ...(typeof from === 'string' ? { from } : {}) };
  const page = await system.ledger.list(openPartition, options);
  const deadline = system.clock() + budgetMilliseconds;
  await lookAtWatchedJobs(system);
  let looked = 0;
  let failed = 0;
  for (; looked < page.items.length && system.clock() < deadline; looked += atOnce) {
    const looking = page.items.slice(looked, looked + atOnce).map((item) => lookAt(system, item));
    for (const [index, result] of (await Promise.allSettled(looking)).entries()) {
      if (result.status === 'fulfilled') continue;
      failed += 1;
      const { name, reason } = failureOf(result.reason);
      const key = page.items[looked + index]?.key.sort ?? '';
      system.log({ message: 'reconcile failed', level: 'warning', key, error: name, cause: reason });
    }
  }
  try {
    await letInAll(system);
  } catch (error) {
    failed += 1;
    const { name, reason } = failureOf(error);
    system.log({ message: 'reconcile failed', level: 'warning', key: 'outside', error: name, cause: reason });
  }
  if (schedules) failed += await catchUp(system);
  const next = looked < page.items.length ? page.items[looked - 1]?.key.sort : page.next;
  if (next !== undefined || typeof from === 'string') {
    const value = next === undefined ? {} : { from: next };
    await system.ledger.write([{ key: cursorKey, expect: 'any', value }]);
  }
  const done = Math.min(looked, page.items.length);
  system.log({ message: 'reconciled', looked: done, failed });
  return { looked: done, failed, ...present({ next }) };
}

/** All that the list of what is open may hold. */
const entries: readonly OpenEntry[] = [
  openTasks,
  openGates,
  openRuns,
  openSchedules,
  openWaiting,
  openBatches,
  openGatherings,
  openFollowers,
];
const looks = new Map(entries.map(({ kind, look }) => [kind, look]));

class UnknownEntry extends Error {
  override readonly name = 'UnknownEntry';
}

async function lookAt(system: System, { value }: Item): Promise<void> {
  const look = typeof value.kind === 'string' ? looks.get(value.kind) : undefined;
  if (look === undefined) throw new UnknownEntry(`nobody looks at entries of the kind ${String(value.kind)}`);
  await look(system, value);
}
