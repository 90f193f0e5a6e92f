import * as z from 'zod/mini';
import { storedJson } from '../ledger/decision.ts';
import { endings } from '../triggers/arrivals/batch-record.ts';
import { instant, intervalShape, listOf, next } from './shapes.ts';

/** A time at which a schedule is due. */
export const dueView = z.object({
  at: instant,
  /** The same by the clocks of the schedule's zone. */
  local: z.string(),
  pipeline: z.string(),
  trigger: z.string(),
  interval: z.exactOptional(intervalShape),
  paused: z.boolean(),
});
export type DueView = z.output<typeof dueView>;

/** The soonest first. */
export const scheduleList = z.object({ due: listOf(dueView) });
export type ScheduleList = z.output<typeof scheduleList>;

/** What a trigger waits for that is started by datasets: of one interval, or since its last run. */
export const waitingView = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  interval: z.exactOptional(intervalShape),
  has: listOf(z.string()),
  missing: listOf(z.string()),
  /** Not there, and waited for until the deadline only. */
  optional: listOf(z.string()),
  deadlineAt: z.exactOptional(instant),
});
export const waitingList = z.object({ waiting: listOf(waitingView) });
export type WaitingList = z.output<typeof waitingList>;

/** The latest publication of a dataset for an interval, or, without one, at all. */
export const publicationView = z.object({
  /** As it is named in the ledger: `2026-11-22T00:00:00.000Z/…`, or `-` for none. */
  interval: z.string(),
  at: instant,
  run: z.string(),
});

export const datasetView = z.object({
  dataset: z.string(),
  publishedBy: listOf(z.object({ pipeline: z.string(), task: z.string() })),
  waitedForBy: listOf(z.object({ pipeline: z.string(), trigger: z.string() })),
  /** Those of the latest intervals first. */
  publications: listOf(publicationView),
});
export type DatasetView = z.output<typeof datasetView>;

export const datasetList = z.object({ datasets: listOf(datasetView) });
export type DatasetList = z.output<typeof datasetList>;

/** One version of an object, as one trigger saw it. */
export const arrivalView = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  batch: z.string(),
  at: instant,
  size: z.exactOptional(z.number()),
  version: z.exactOptional(z.string()),
  etag: z.exactOptional(z.string()),
  /** `gathering`: its batch is open. `refused`: its run could not be; it lies with the dead letters. */
  state: z.enum(['gathering', 'complete', 'started', 'refused']),
  /** While it is `gathering`: when its batch ends at the latest, as things are. Absent: not by time. */
  until: z.exactOptional(instant),
  ending: z.exactOptional(z.enum(endings)),
  run: z.exactOptional(z.string()),
  status: z.exactOptional(z.string()),
});
export type ArrivalView = z.output<typeof arrivalView>;

/** What has become of an object. */
export const whereView = z.object({
  bucket: z.string(),
  key: z.string(),
  /** Bytes, of an object that lies there. Absent: there is none, or nobody looked. */
  size: z.exactOptional(z.number()),
  arrivals: listOf(arrivalView),
  /** Of every S3 trigger: why it does not wait for the object; absent: it does. */
  triggers: listOf(z.object({ pipeline: z.string(), trigger: z.string(), why: z.exactOptional(z.string()) })),
});
export type WhereView = z.output<typeof whereView>;

export const batchView = z.object({
  id: z.string(),
  pipeline: z.string(),
  trigger: z.string(),
  bucket: z.string(),
  params: z.record(z.string(), z.string()),
  state: z.enum(['gathering', 'complete', 'started', 'refused']),
  ending: z.exactOptional(z.enum(endings)),
  first: instant,
  last: instant,
  /** Without the marker. */
  count: z.number(),
  bytes: z.number(),
  missing: z.exactOptional(listOf(z.string())),
  run: z.exactOptional(z.string()),
  /** In the order of their arrival. */
  objects: listOf(z.object({ bucket: z.string(), key: z.string(), size: z.exactOptional(z.number()) })),
  next,
});
export type BatchView = z.output<typeof batchView>;

/** A batch that is open. What ends it is there where its trigger has such a rule. */
export const openBatchView = z.object({
  id: z.string(),
  pipeline: z.string(),
  trigger: z.string(),
  bucket: z.string(),
  params: z.record(z.string(), z.string()),
  first: instant,
  last: instant,
  /** Objects and bytes so far. */
  count: z.number(),
  bytes: z.number(),
  /** When it ends at the latest. Absent: time does not end it. */
  until: z.exactOptional(instant),
  /** So many objects, or bytes, end it. */
  size: z.exactOptional(z.number()),
  mostBytes: z.exactOptional(z.number()),
  marker: z.exactOptional(z.string()),
  expected: z.exactOptional(z.number()),
  /** Names that are expected and have not come. */
  missing: z.exactOptional(listOf(z.string())),
});
export type OpenBatchView = z.output<typeof openBatchView>;

/** The oldest first. */
export const openBatchList = z.object({
  batches: listOf(openBatchView),
  /** Not every one was looked at. */
  more: z.boolean(),
});
export type OpenBatchList = z.output<typeof openBatchList>;

/** What could not be taken or started. */
export const letterView = z.object({
  id: z.string(),
  at: instant,
  /** `run`: one that was refused. `message`: one that cannot be read. `event`: one that the local bus has given up. */
  kind: z.enum(['run', 'message', 'event']),
  what: z.string(),
  why: z.string(),
  content: z.exactOptional(storedJson),
  /** Of trying it again: `taken`, `run ID`, `dead still`, … */
  outcome: z.exactOptional(z.string()),
});
export type LetterView = z.output<typeof letterView>;

/** The oldest first. */
export const letterList = z.object({ letters: listOf(letterView), next });
export type LetterList = z.output<typeof letterList>;
