import * as z from 'zod/mini';
import { signalBatch } from '../actors/batch-actor.ts';
import { signalGate } from '../actors/gate-actor.ts';
import { publishDatasets } from '../actors/publish-datasets.ts';
import { letInAll, lookAtRun, settleAfterLast } from '../actors/run-actor.ts';
import { signalSchedule } from '../actors/schedule-actor.ts';
import { signalTask } from '../actors/task-actor.ts';
import { lookAtWaiting } from '../actors/waiting-actor.ts';
import type { Item } from '../ledger/ledger.ts';
import { cursorKey, openPartition } from '../ledger/ledger-keys.ts';
import { isOpen } from '../runs/task/task-record.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';
import { catchUp } from './on-schedule.ts';
import { endBatches } from './receive-objects.ts';
import { lookAtWatchedJobs } from './start-by-job.ts';
import { startFollowers } from './start-followers.ts';

/** `next`: where the next invocation goes on; undefined: from the beginning. */
export type Reconciled = { readonly looked: number; readonly failed: number; readonly next?: string };

const defaultLimit = 500;
/** Shorter than the function's time-out: what a slow service leaves undone is left to the next invocation, not begun again. */
const budgetMilliseconds = 120_000;
/** Glue's API takes few calls a second. */
const atOnce = 4;

/**
 * Looks after whatever is open, a bounded part at each invocation: asks Glue and Step Functions what no event has told, and
 * does again what may not have been done. Where there is nothing to mend it only asks.
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
    const looks = page.items.slice(looked, looked + atOnce).map((item) => lookAt(system, item));
    for (const [index, result] of (await Promise.allSettled(looks)).entries()) {
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
  return { looked: done, failed, ...(next === undefined ? {} : { next }) };
}

const reference = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('task'), run: z.string(), name: z.string() }),
  z.object({ kind: z.literal('gate'), run: z.string(), name: z.string() }),
  z.object({ kind: z.literal('run'), run: z.string() }),
  z.object({ kind: z.literal('schedule'), pipeline: z.string(), name: z.string() }),
  z.object({ kind: z.literal('waiting'), pipeline: z.string(), name: z.string(), key: z.string() }),
  z.object({ kind: z.literal('follow'), run: z.string() }),
  z.object({ kind: z.literal('batch'), name: z.string() }),
  z.object({
    kind: z.literal('arrivals'),
    pipeline: z.string(),
    trigger: z.string(),
    params: z.record(z.string(), z.string()),
  }),
]);

/** Calls about it are denied. It is waited for, and counted with what could not be looked after. */
class Refused extends Error {
  override readonly name = 'Refused';
}

async function lookAt(system: System, item: Item): Promise<void> {
  const open = reference.parse(item.value);
  switch (open.kind) {
    case 'task': {
      const task = await signalTask(system, { run: open.run, task: open.name }, { is: 'tick' });
      await publishDatasets(system, task);
      if (task?.stopped) await settleAfterLast(system, open.run);
      if (task !== undefined && isOpen(task) && task.attempt.refused !== undefined)
        throw new Refused(task.attempt.refused.reason);
      return;
    }
    case 'gate':
      await signalGate(system, open.run, open.name, { is: 'tick' });
      return;
    case 'follow':
      await startFollowers(system, open.run);
      return;
    case 'batch':
      await signalBatch(system, open.name, { is: 'tick' });
      return;
    case 'arrivals':
      await endBatches(system, open);
      return;
    case 'run': {
      const run = await lookAtRun(system, open.run);
      if (run !== undefined && !run.settled && run.refusedSince !== undefined) throw new Refused(run.id);
      return;
    }
    case 'waiting':
      await lookAtWaiting(system, open.pipeline, open.name, open.key);
      return;
    case 'schedule':
      await signalSchedule(system, open.pipeline, open.name, { is: 'tick' });
  }
}
