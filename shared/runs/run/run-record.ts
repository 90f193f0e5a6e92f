import * as z from 'zod/mini';
import type { JsonObject } from '../../json.ts';
import { present } from '../../json.ts';
import { type IndexEntry, storedJson } from '../../ledger/decision.ts';
import {
  duePartition,
  dueSort,
  openPartition,
  outsideOrder,
  outsidePartition,
  outsidePrefix,
  runsPartition,
} from '../../ledger/ledger-keys.ts';
import { outcomes } from '../../protocol/outcome.ts';

/** The terminal ones are Step Functions' own, and SKIPPED: another run was live, and the pipeline says not to wait for it. */
export const liveStatuses = ['PENDING', 'QUEUED', 'RUNNING'] as const;
export const endStatuses = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'SKIPPED'] as const;
export type RunStatus = (typeof liveStatuses)[number] | (typeof endStatuses)[number];

const jsonObject = z.record(z.string(), storedJson);

/** Times are epoch milliseconds. */
export const runRecord = z.object({
  /** The execution's name, too. */
  id: z.string(),
  pipeline: z.string(),
  status: z.enum([...liveStatuses, ...endStatuses]),
  /** What asked for it: `{kind: 's3' | 'schedule' | 'api' | 'cli' | 'rerun' | …, …}`. */
  trigger: jsonObject,
  /** The same cause again is the same run. */
  cause: z.string(),
  params: jsonObject,
  interval: z.exactOptional(z.object({ start: z.string(), end: z.string() })),
  /** How many runs stand behind its cause, one after the other. Absent: none. */
  depth: z.exactOptional(z.number()),
  /** Of a rerun: the run whose outcomes it keeps. */
  rerunOf: z.exactOptional(z.string()),
  createdAt: z.number(),
  startedAt: z.exactOptional(z.number()),
  endedAt: z.exactOptional(z.number()),
  /** When its execution was last being started; until it is known to run, or to be over. */
  launching: z.exactOptional(z.number()),
  executionArn: z.exactOptional(z.string()),
  /** Digest of its pipeline's definition when its execution was first started. Absent: nobody noted it. */
  definition: z.exactOptional(z.string()),
  /** Since when calls about its execution are refused that only people, or the end of a deployment, can allow. */
  refusedSince: z.exactOptional(z.number()),
  /** As the state machine saw them at its end, without outputs. Absent: it did not come to its end. */
  tasks: z.exactOptional(outcomes),
  /** Of a run that did not come to its own end. */
  error: z.exactOptional(z.string()),
  errorCause: z.exactOptional(z.string()),
  /** The pipeline's queue is full: it waits to be let into it. `kept`: it came while its trigger was paused. */
  outside: z.exactOptional(z.object({ priority: z.number(), kept: z.exactOptional(z.literal(true)) })),
  stopRequested: z.exactOptional(z.literal(true)),
  /** The newer run for which it was stopped, by the pipeline's `overlap`. */
  cancelledBy: z.exactOptional(z.string()),
  /** When it is late by its pipeline's rules. Absent: never. */
  lateAt: z.exactOptional(z.number()),
  /** It was not over when, by its pipeline's rules, it should have been. */
  late: z.exactOptional(z.literal(true)),
  /** It is over, nothing of it goes on, and its place is free for the next. */
  settled: z.boolean(),
});
export type RunRecord = z.output<typeof runRecord>;

export function hasEnded(status: RunStatus): status is (typeof endStatuses)[number] {
  return (endStatuses as readonly RunStatus[]).includes(status);
}

/** Whether nothing of the run may be started any more, seen on the record as it lies in the ledger. */
export function runIsOver({ status, stopRequested }: JsonObject): boolean {
  return stopRequested === true || (endStatuses as readonly unknown[]).includes(status);
}

/** From a claim to its execution it takes seconds. */
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
  const lists = [runsPartition(), runsPartition(pipeline)].map((partition) => ({ key: { partition, sort }, value }));
  if (record.settled) return lists;
  // there may be thousands, and nothing of them goes on: they are let in from the first on
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
  const entry = { key: { partition: openPartition, sort: open }, value: look };
  if (due === undefined) return [...lists, entry];
  return [...lists, entry, { key: { partition: duePartition, sort: dueSort(due, open) }, value: look }];
}

/** When somebody must look at it, whatever events come. */
function dueOf({ status, createdAt, lateAt, late }: RunRecord): number | undefined {
  // the caller that claimed it may have died before it came to its slot, or its machine is not there yet
  const pending = status === 'PENDING' ? createdAt + pendingMilliseconds : undefined;
  const tellsLate = late || hasEnded(status) ? undefined : lateAt;
  if (pending === undefined || tellsLate === undefined) return pending ?? tellsLate;
  return Math.min(pending, tellsLate);
}
