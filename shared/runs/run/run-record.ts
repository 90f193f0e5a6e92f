import * as z from 'zod/mini';
import type { JsonObject } from '../../json.ts';
import { present } from '../../json.ts';
import { type IndexEntry, storedJson } from '../../ledger/decision.ts';
import {
  dueShards,
  dueSort,
  noticeKey,
  openShards,
  outsideOrder,
  outsidePartition,
  outsidePrefix,
  runsPartition,
} from '../../ledger/ledger-keys.ts';
import { lostErrors } from '../../protocol/outcome.ts';

/** The final ones are Step Functions' own, and SKIPPED: another run was live, and the pipeline does not queue. */
export const liveStatuses = ['PENDING', 'QUEUED', 'RUNNING'] as const;
export const endStatuses = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'SKIPPED'] as const;
export type RunStatus = (typeof liveStatuses)[number] | (typeof endStatuses)[number];

const jsonObject = z.record(z.string(), storedJson);

/** Times are epoch milliseconds. */
export const runRecord = z.object({
  /** Also the execution's name. */
  id: z.string(),
  pipeline: z.string(),
  status: z.enum([...liveStatuses, ...endStatuses]),
  /** The requester: `{kind: 's3' | 'schedule' | 'api' | 'cli' | 'rerun' | …, …}`. */
  trigger: jsonObject,
  /** The same cause always gives the same run. */
  cause: z.string(),
  params: jsonObject,
  interval: z.exactOptional(z.object({ start: z.string(), end: z.string() })),
  /** How many runs in a row led to this one. Absent: none. */
  depth: z.exactOptional(z.number()),
  /** Of a rerun: the run whose outcomes it keeps. */
  rerunOf: z.exactOptional(z.string()),
  createdAt: z.number(),
  startedAt: z.exactOptional(z.number()),
  endedAt: z.exactOptional(z.number()),
  /** When its execution was last started. Removed once the execution is known to run or to be over. */
  launching: z.exactOptional(z.number()),
  executionArn: z.exactOptional(z.string()),
  /** Digest of its pipeline's definition at its execution's first start. Absent: the definition was not kept. */
  definition: z.exactOptional(z.string()),
  /** Since when calls about its execution are denied, until people or the end of a deployment allow them. */
  refusedSince: z.exactOptional(z.number()),
  /**
   * Its state machine came to its end. How each task ended follows from the ledger and the graph, but for errors that only
   * the state machine knew.
   */
  finished: z.exactOptional(z.object({ lost: lostErrors })),
  /** Set if the run did not end by itself. */
  error: z.exactOptional(z.string()),
  errorCause: z.exactOptional(z.string()),
  /** The pipeline's queue is full, so the run waits in the overflow. `kept`: it is held. */
  outside: z.exactOptional(z.object({ priority: z.number(), kept: z.exactOptional(z.literal(true)) })),
  stopRequested: z.exactOptional(z.literal(true)),
  /** The newer run for which this one was stopped, by the pipeline's `overlap`. */
  cancelledBy: z.exactOptional(z.string()),
  /** When it counts as late by its pipeline's rules. Absent: never. */
  lateAt: z.exactOptional(z.number()),
  /** It was still running when, by its pipeline's rules, it should have ended. */
  late: z.exactOptional(z.literal(true)),
  /** It is over, none of its work is open, and its slot is free. */
  settled: z.boolean(),
});
export type RunRecord = z.output<typeof runRecord>;

export function hasEnded(status: RunStatus): status is (typeof endStatuses)[number] {
  return (endStatuses as readonly RunStatus[]).includes(status);
}

/** Whether nothing of the run may start any more, read from the stored record. */
export function runIsOver({ status, stopRequested }: JsonObject): boolean {
  return stopRequested === true || (endStatuses as readonly unknown[]).includes(status);
}

/** A claimed run has its execution within seconds. */
const pendingMilliseconds = 60_000;

export function runIndex(record: RunRecord): IndexEntry[] {
  const { id, pipeline, status, interval, createdAt, startedAt, endedAt, rerunOf, late } = record;
  const { kind, name } = record.trigger;
  const sort = `${String(createdAt).padStart(15, '0')}#${id}`;
  const value: JsonObject = {
    id,
    pipeline,
    status,
    ...(typeof kind === 'string' ? { trigger: { kind, ...(typeof name === 'string' ? { name } : {}) } } : {}),
    ...(interval === undefined ? {} : { interval: { ...interval } }),
    createdAt,
    ...present({ startedAt, endedAt, rerunOf, late }),
  };
  const lists = [
    ...[runsPartition(), runsPartition(pipeline)].map((partition) => ({ key: { partition, sort }, value })),
    ...noticesOf(record),
  ];
  if (record.settled) return lists;
  // there may be thousands of them without any work; they are admitted in order
  if (status === 'QUEUED' && record.outside !== undefined) {
    const { priority, kept = false } = record.outside;
    const order = outsideOrder(priority, createdAt, id);
    const waits: JsonObject = { pipeline, run: id, order, ...(typeof name === 'string' ? { trigger: name } : {}) };
    return [
      ...lists,
      { key: { partition: outsidePartition, sort: outsidePrefix(pipeline, kept) + order }, value: waits },
    ];
  }
  const open = `run#${id}`;
  const look = { kind: 'run', run: id };
  const due = dueOf(record);
  const entry = { key: openShards.key(id, open), value: look };
  if (due === undefined) return [...lists, entry];
  return [...lists, entry, { key: dueShards.key(id, dueSort(due, open)), value: look }];
}

const weekSeconds = 7 * 24 * 3600;

/** What people want to know of it. A sweep takes the entry away once they are notified. */
function noticesOf({ id: run, pipeline, status, late, lateAt, createdAt, endedAt }: RunRecord): IndexEntry[] {
  const failed = status === 'FAILED' || status === 'TIMED_OUT';
  if (!failed && (hasEnded(status) || !late)) return [];
  const occasion = failed ? 'failed' : 'late';
  const at = (failed ? endedAt : lateAt) ?? createdAt;
  const expires = Math.floor(at / 1_000) + weekSeconds;
  return [{ key: noticeKey(at, occasion, run), value: { occasion, pipeline, run, at }, expires }];
}

/** When somebody must look at it, even if no event comes. */
function dueOf({ status, createdAt, lateAt, late }: RunRecord): number | undefined {
  // the process that claimed it may have crashed before it had a slot, or its machine is not deployed yet
  const pending = status === 'PENDING' ? createdAt + pendingMilliseconds : undefined;
  const tellsLate = late || hasEnded(status) ? undefined : lateAt;
  if (pending === undefined || tellsLate === undefined) return pending ?? tellsLate;
  return Math.min(pending, tellsLate);
}
