import * as z from 'zod/mini';
import { openTasks } from '../../actors/after-task.ts';
import { openBatches } from '../../actors/batch-actor.ts';
import { openGates } from '../../actors/gate-actor.ts';
import type { OpenEntry } from '../../actors/kit/open-entry.ts';
import { letInAll, openRuns } from '../../actors/run-actor.ts';
import { openSchedules } from '../../actors/schedule-actor.ts';
import { letIntoAll } from '../../actors/task-actor.ts';
import { openWaiting } from '../../actors/waiting-actor.ts';
import { present } from '../../json.ts';
import { Conflict, type Item, type Ledger, type Page } from '../../ledger/ledger.ts';
import { cursorKey, dueShards, dueSort, openShards } from '../../ledger/ledger-keys.ts';
import { firstOf, pageOf, placeOf } from '../../ledger/shards.ts';
import { failureOf } from '../../services/service-error.ts';
import type { System } from '../../services/system.ts';
import { openGatherings } from '../events/receive-objects.ts';
import { lookAtWatchedJobs } from '../events/start-by-job.ts';
import { openFollowers } from '../events/start-followers.ts';
import { openMaps } from '../events/tell-parent.ts';
import { sendNotices } from '../notices/send-notices.ts';
import { catchUpDue } from './catch-up.ts';

/** `next`: where the next invocation continues; undefined: at the beginning. */
export type Reconciled = { readonly looked: number; readonly failed: number; readonly next?: string };

const defaultLimit = 500;
/**
 * Shorter than the minute between sweeps, so that they do not overlap. The next sweep continues what a slow service
 * left.
 */
const budgetMilliseconds = 40_000;
/** Longer than the budget, and over when the next sweep begins, so that a crashed sweep blocks nobody. */
const leaseMilliseconds = 50_000;
/** Due items have a share of the budget of their own, so that many of them do not keep the sweep from the rest. */
const dueMilliseconds = 25_000;
/** Glue's API allows few calls per second. */
const atOnce = 4;
/** The cursor is written after so many items: a sweep that crashes does not start over. */
const cursorEvery = 100;

/**
 * Checks open items, a bounded number at each invocation: first those that are due, then the rest in turn. It asks the
 * services for what events did not report, and repeats calls that may have failed. If nothing is wrong, it only asks.
 *
 * @param options.schedules false: missed schedules stay missed
 */
export async function reconcile(system: System, { limit = defaultLimit, schedules = true } = {}): Promise<Reconciled> {
  const now = system.clock();
  const sweep: Sweep = { system, deadline: now + budgetMilliseconds, looked: 0, failed: 0 };
  const cursor = await system.ledger.get(cursorKey);
  const { from, until = 0 } = sweepRecord.parse(cursor?.value ?? {});
  const shards = readableShards(sweep);
  const due = await dueItems(shards, now, limit);
  const page = await pageOf(shards, openShards, { limit, ...present({ from }) });
  // without open items, nothing is written
  const held = due.length + page.items.length > 0;
  if (until > now || (held && !(await takeLease(system, from, cursor?.version ?? 0, now)))) {
    system.log({ message: 'sweep under way' });
    return { looked: 0, failed: 0, ...present({ next: from }) };
  }
  await guarded(sweep, 'watched jobs', () => lookAtWatchedJobs(system));
  await lookAtAll(sweep, due, now + dueMilliseconds);
  const seen = new Set(due.map(({ key }) => key.sort.slice(key.sort.indexOf('#') + 1)));
  const rest = page.items.filter((item) => !seen.has(item.key.sort));
  const progress = (item: Item) => moveCursor(system, { from: placeOf(item), until: now + leaseMilliseconds });
  const reached = await lookAtAll(sweep, rest, sweep.deadline, progress);
  const guard = (key: string, work: () => Promise<void>) => guarded(sweep, key, work);
  await guard('outside', () => letInAll(system, sweep.deadline, guard));
  // who waits for a place is an open item
  if (held) await letIntoAll(system, sweep.deadline, guard);
  await sendNotices(system, sweep.deadline, guard);
  if (schedules) {
    await guard('schedules', async () => {
      sweep.failed += await catchUpDue(system, sweep.deadline);
    });
  }
  const last = rest[reached - 1];
  const next = reached < rest.length ? (last === undefined ? from : placeOf(last)) : page.next;
  if (held || next !== from) await moveCursor(system, present({ from: next }));
  const { looked, failed } = sweep;
  const first = due[0]?.key.sort;
  const lag = first === undefined ? 0 : Math.max(0, now - Number(first.slice(0, first.indexOf('#'))));
  const lagSeconds = Math.round(lag / 1000);
  system.log({ message: 'reconciled', looked, failed, lag: lagSeconds });
  // of an idle stack nothing is measured, which costs nothing
  if (held) system.measure?.({ OpenItems: page.items.length, DueItems: due.length, LagSeconds: lagSeconds });
  return { looked, failed, ...present({ next }) };
}

/** One invocation and its progress. */
type Sweep = { readonly system: System; readonly deadline: number; looked: number; failed: number };

/** A shard that cannot be read is counted, and looks empty, so that the sweep checks the others. */
function readableShards(sweep: Sweep): Pick<Ledger, 'list'> {
  return {
    async list(partition, options) {
      let page: Page = { items: [] };
      await guarded(sweep, partition, async () => {
        page = await sweep.system.ledger.list(partition, options);
      });
      return page;
    },
  };
}

/** Earliest first. */
async function dueItems(ledger: Pick<Ledger, 'list'>, now: number, limit: number): Promise<Item[]> {
  const items = await firstOf(ledger, dueShards, limit);
  const end = dueSort(now, '\u{10FFFF}');
  return items.filter(({ key }) => key.sort <= end);
}

/** `until`: a sweep is running, or has crashed if that time has passed. */
const sweepRecord = z.object({ from: z.exactOptional(z.string()), until: z.exactOptional(z.number()) });

/** False: another sweep holds the lease. Rules may deliver twice, and two sweeps would ask for everything twice. */
async function takeLease({ ledger }: System, from: string | undefined, version: number, now: number): Promise<boolean> {
  const value = { until: now + leaseMilliseconds, ...present({ from }) };
  try {
    await ledger.write([{ key: cursorKey, expect: version, value }]);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

function moveCursor({ ledger }: System, value: z.output<typeof sweepRecord>): Promise<void> {
  return ledger.write([{ key: cursorKey, expect: 'any', value }]);
}

/**
 * Looks until the time is up, and always at the first few items, so that even the slowest sweep progresses.
 *
 * @param deadline epoch milliseconds
 * @returns the number of checked items
 */
async function lookAtAll(
  sweep: Sweep,
  items: readonly Item[],
  deadline: number,
  progress?: (last: Item) => Promise<void>,
): Promise<number> {
  const { system } = sweep;
  let looked = 0;
  while (looked < items.length && (looked === 0 || system.clock() < deadline)) {
    const batch = items.slice(looked, looked + atOnce);
    await Promise.all(batch.map((item) => guarded(sweep, item.key.sort, () => lookAt(system, item))));
    looked += batch.length;
    sweep.looked += batch.length;
    const last = batch.at(-1);
    if (last !== undefined && looked % cursorEvery === 0 && looked < items.length) await progress?.(last);
  }
  return looked;
}

/** A failing item does not block the others: it is counted, and a later sweep checks it again. */
async function guarded(sweep: Sweep, key: string, look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    sweep.failed += 1;
    const { name, reason } = failureOf(error);
    sweep.system.log({ message: 'reconcile failed', level: 'warning', key, error: name, cause: reason });
  }
}

/** Every kind of entry in the list of open items. */
const entries: readonly OpenEntry[] = [
  openTasks,
  openMaps,
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
