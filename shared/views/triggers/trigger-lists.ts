import * as z from 'zod/mini';
import { storedJson } from '../../ledger/decision.ts';
import { endings } from '../../triggers/arrivals/batch-record.ts';
import { runStatus } from '../run/run-view.ts';
import { instant, intervalShape, listOf, next } from '../shapes.ts';

/** A time at which a schedule is due. */
const dueView = z.object({
  at: instant,
  /** The same by the clocks of the schedule's zone. */
  local: z.string(),
  pipeline: z.string(),
  trigger: z.string(),
  interval: z.exactOptional(intervalShape),
  paused: z.boolean(),
});
export type DueView = z.output<typeof dueView>;

/** Soonest first. */
export const scheduleList = z.object({ due: listOf(dueView) });
export type ScheduleList = z.output<typeof scheduleList>;

/** The state of a dataset trigger, for one interval or since its last run. */
const waitingView = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  interval: z.exactOptional(intervalShape),
  has: listOf(z.string()),
  missing: listOf(z.string()),
  /** Missing, and awaited only until the deadline. */
  optional: listOf(z.string()),
  deadlineAt: z.exactOptional(instant),
});
export const waitingList = z.object({ waiting: listOf(waitingView) });
export type WaitingList = z.output<typeof waitingList>;

/** The latest publication of a dataset, for an interval or for none. */
const publicationView = z.object({
  /** As in the ledger: `2026-11-22T00:00:00.000Z/…`, or `-` for none. */
  interval: z.string(),
  at: instant,
  run: z.string(),
});

const datasetView = z.object({
  dataset: z.string(),
  publishedBy: listOf(z.object({ pipeline: z.string(), task: z.string() })),
  waitedForBy: listOf(z.object({ pipeline: z.string(), trigger: z.string() })),
  /** Latest intervals first. */
  publications: listOf(publicationView),
});
export type DatasetView = z.output<typeof datasetView>;

export const datasetList = z.object({ datasets: listOf(datasetView) });
export type DatasetList = z.output<typeof datasetList>;

/** One version of an object, as one trigger received it. */
const arrivalView = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  batch: z.string(),
  at: instant,
  size: z.exactOptional(z.number()),
  version: z.exactOptional(z.string()),
  etag: z.exactOptional(z.string()),
  /** `gathering`: its batch is open. `refused`: it is among the dead letters. */
  state: z.enum(['gathering', 'complete', 'started', 'refused']),
  /** While it is `gathering`: when its batch ends if nothing else arrives. Absent: time does not end it. */
  until: z.exactOptional(instant),
  ending: z.exactOptional(z.enum(endings)),
  run: z.exactOptional(z.string()),
  status: z.exactOptional(runStatus),
});
export type ArrivalView = z.output<typeof arrivalView>;

/** The fate of an object. */
export const whereView = z.object({
  bucket: z.string(),
  key: z.string(),
  /** Bytes of the object that is there now. Absent: there is none, or nobody looked. */
  size: z.exactOptional(z.number()),
  arrivals: listOf(arrivalView),
  /** For every S3 trigger, why it ignores the object; absent: it accepts it. */
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
  /** In order of arrival. */
  objects: listOf(z.object({ bucket: z.string(), key: z.string(), size: z.exactOptional(z.number()) })),
  next,
});
export type BatchView = z.output<typeof batchView>;

/** An open batch, with the rules that may end it. */
const openBatchView = z.object({
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
  /** When it ends if nothing else arrives. Absent: time does not end it. */
  until: z.exactOptional(instant),
  /** The number of objects, or bytes, that ends it. */
  size: z.exactOptional(z.number()),
  mostBytes: z.exactOptional(z.number()),
  marker: z.exactOptional(z.string()),
  expected: z.exactOptional(z.number()),
  /** Expected names that have not arrived. */
  missing: z.exactOptional(listOf(z.string())),
});
export type OpenBatchView = z.output<typeof openBatchView>;

/** Oldest first. */
export const openBatchList = z.object({
  batches: listOf(openBatchView),
  /** Some batches were not read. */
  more: z.boolean(),
});
export type OpenBatchList = z.output<typeof openBatchList>;

/** Something that could not be taken or started. */
export const letterView = z.object({
  id: z.string(),
  at: instant,
  /** `run`: a refused run. `message`: an unreadable message. `event`: an event that the local bus gave up. */
  kind: z.enum(['run', 'message', 'event']),
  what: z.string(),
  why: z.string(),
  content: z.exactOptional(storedJson),
  /** The result of replaying it: `taken`, `run ID`, `still failing`, … */
  outcome: z.exactOptional(z.string()),
});
export type LetterView = z.output<typeof letterView>;

/** Oldest first. */
export const letterList = z.object({ letters: listOf(letterView), next });
export type LetterList = z.output<typeof letterList>;
