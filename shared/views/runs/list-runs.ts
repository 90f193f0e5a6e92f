import * as z from 'zod/mini';
import { present } from '../../json.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { runsPartition } from '../../ledger/ledger-keys.ts';
import { parseRecord } from '../../ledger/read-record.ts';
import { type RunRecord, type RunStatus, runIndex, runRecord } from '../../runs/run/run-record.ts';
import { slotsReader } from '../queues/read-slots.ts';
import { whyItWaits } from '../run/read-run.ts';
import { isoTime, timeOf } from '../shapes.ts';
import type { RunItem, RunList } from './run-list.ts';

/** An entry of the ledger's lists of runs. */
const runEntry = z.extend(
  z.pick(runRecord, {
    id: true,
    pipeline: true,
    status: true,
    interval: true,
    createdAt: true,
    startedAt: true,
    endedAt: true,
    rerunOf: true,
    late: true,
  }),
  { trigger: z.exactOptional(z.object({ kind: z.string(), name: z.exactOptional(z.string()) })) },
);
type RunEntry = z.output<typeof runEntry>;

export type RunsWanted = {
  readonly limit: number;
  readonly pipeline?: string;
  readonly statuses?: readonly RunStatus[];
  /** The trigger's name, or the kind of the requester. */
  readonly trigger?: string;
  /** When the run was requested: from then on, and before then. Epoch milliseconds. */
  readonly since?: number;
  readonly until?: number;
  /** A time that the run’s interval contains. Epoch milliseconds. */
  readonly within?: number;
  /** `next` of the previous page. */
  readonly cursor?: string;
};

/** How many entries are read for one page if hardly any passes the filter. */
const lookedAt = 2_000;
const mostAtOnce = 200;

/**
 * Newest first. The cursor is the last entry that was read: new runs come before it, so pages neither miss nor
 * repeat one.
 */
export async function listRuns(ledger: Ledger, wanted: RunsWanted): Promise<RunList> {
  const { limit, pipeline, since = 0 } = wanted;
  const slotsOf = slotsReader(ledger);
  const runs: RunItem[] = [];
  let from = wanted.cursor ?? beginning(wanted.until);
  for (let seen = 0; seen < lookedAt && runs.length < limit; ) {
    const many = isFiltered(wanted) ? mostAtOnce : Math.min(limit - runs.length, mostAtOnce);
    const page = await ledger.list(runsPartition(pipeline), {
      descending: true,
      limit: many,
      ...present({ from }),
    });
    for (const item of page.items) {
      const entry = parseRecord(runEntry, item);
      if (entry.createdAt < since) return { runs };
      seen += 1;
      from = item.key.sort;
      if (passes(entry, wanted)) runs.push(await itemOf(entry, slotsOf));
      if (runs.length === limit) break;
    }
    const isLast = page.items.at(-1)?.key.sort === from;
    if (page.next === undefined && (page.items.length === 0 || isLast)) return { runs };
  }
  return { runs, ...present({ next: from }) };
}

/** The id of the newest run. Undefined: there is none. */
export async function latestRun(ledger: Ledger): Promise<string | undefined> {
  const { items } = await ledger.list(runsPartition(), { descending: true, limit: 1 });
  const id = items[0]?.value.id;
  return typeof id === 'string' ? id : undefined;
}

/** The place in the list before which everything is older. */
function beginning(until: number | undefined): string | undefined {
  return until === undefined ? undefined : String(until).padStart(15, '0');
}

function isFiltered({ statuses, trigger, within }: RunsWanted): boolean {
  return statuses !== undefined || trigger !== undefined || within !== undefined;
}

function passes({ status, trigger, interval }: RunEntry, wanted: RunsWanted): boolean {
  if (wanted.statuses !== undefined && !wanted.statuses.includes(status)) return false;
  if (wanted.within !== undefined && !contains(interval, wanted.within)) return false;
  return wanted.trigger === undefined || wanted.trigger === trigger?.name || wanted.trigger === trigger?.kind;
}

function contains(interval: RunEntry['interval'], time: number): boolean {
  return interval !== undefined && timeOf(interval.start) <= time && time < timeOf(interval.end);
}

/** A run as the lists show it, from its own record. */
export function runItemOf(run: RunRecord, slotsOf: ReturnType<typeof slotsReader>): Promise<RunItem> {
  const [listed] = runIndex(run);
  return itemOf(runEntry.parse(listed?.value), slotsOf);
}

async function itemOf(entry: RunEntry, slotsOf: ReturnType<typeof slotsReader>): Promise<RunItem> {
  const { createdAt, startedAt, endedAt, ...rest } = entry;
  return {
    ...rest,
    createdAt: isoTime(createdAt),
    ...(startedAt === undefined ? {} : { startedAt: isoTime(startedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: isoTime(endedAt) }),
    ...(await whyItWaits(entry, slotsOf)),
  };
}
