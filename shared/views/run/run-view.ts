import * as z from 'zod/mini';
import { storedJson } from '../../ledger/decision.ts';
import { taskStatuses } from '../../model/join-rule.ts';
import { endStatuses, liveStatuses } from '../../runs/run/run-record.ts';
import { instant, intervalShape, jsonObject, listOf } from '../shapes.ts';

/** The state of a task, or how it ended. `retrying`: an attempt has failed, and the next has not begun. */
export const taskState = z.enum([...taskStatuses, 'waiting', 'starting', 'retrying', 'queued', 'running', 'not_run']);
export type TaskState = z.output<typeof taskState>;

export const runStatus = z.enum([...liveStatuses, ...endStatuses]);

export const attemptView = z.object({
  number: z.number(),
  state: taskState,
  /** What does the work, and which thing: `glue-job`, and the job's name. */
  kind: z.string(),
  work: z.string(),
  /** The id of the work, such as a job run's. Absent: no work has begun. */
  id: z.exactOptional(z.string()),
  startedAt: z.exactOptional(instant),
  endedAt: z.exactOptional(instant),
  /** Seconds that it waited for capacity. */
  queueSeconds: z.exactOptional(z.number()),
  /** Seconds that the service needed before and after the work. */
  startUpSeconds: z.exactOptional(z.number()),
  /** Seconds of the work itself, as the service measures them. */
  workSeconds: z.exactOptional(z.number()),
  dpuSeconds: z.exactOptional(z.number()),
  /** Why it is queued, or why it failed. */
  reason: z.exactOptional(z.string()),
  /** While it is queued: the pool for whose places it waits. Absent: it waits for its service. */
  pool: z.exactOptional(z.string()),
});
export type AttemptView = z.output<typeof attemptView>;

/** How far the items of a task are. Each is a run of `pipeline`. */
const itemsView = z.object({
  pipeline: z.string(),
  total: z.number(),
  /** They have succeeded, here or, `kept`, in an earlier attempt or run. */
  done: z.number(),
  kept: z.number(),
  failed: z.number(),
  running: z.number(),
  waiting: z.number(),
  /** For people, such as `12 of 365 done, 2 failed: 2026-01-03, 2026-02-11`. */
  sentence: z.string(),
  /** The first failed items. One without a run was refused. */
  failures: listOf(z.object({ item: z.string(), run: z.exactOptional(z.string()), why: z.string() })),
});
export type ItemsView = z.output<typeof itemsView>;

export const taskView = z.object({
  name: z.string(),
  after: listOf(z.string()),
  state: taskState,
  /** The outcome is an earlier run's. */
  kept: z.boolean(),
  /** It failed without failing the run. */
  tolerated: z.boolean(),
  startedAt: z.exactOptional(instant),
  endedAt: z.exactOptional(instant),
  attempts: listOf(attemptView),
  /** While it is `retrying`: about when the next attempt begins. */
  triesAgainAt: z.exactOptional(instant),
  /** Upstream tasks that have not ended, while it waits for them. */
  waitsFor: listOf(z.string()),
  /** Of its latest attempt, if it runs a pipeline for each of many items. */
  items: z.exactOptional(itemsView),
  output: z.exactOptional(storedJson),
  /** Bytes of an output that is too large to show among the others. */
  outputBytes: z.exactOptional(z.number()),
  error: z.exactOptional(z.string()),
  cause: z.exactOptional(z.string()),
});
export type TaskView = z.output<typeof taskView>;

/** The states of a run's tasks, by their names. */
export const taskStates = z.object({
  run: z.string(),
  status: runStatus,
  settled: z.boolean(),
  states: z.record(z.string(), taskState),
});
export type TaskStates = z.output<typeof taskStates>;

/** A run that started this one, or was started by it. */
const relatedRun = z.object({
  run: z.string(),
  pipeline: z.string(),
  /** `pipeline`: it follows the other's end. `rerun`: it continues the other. */
  by: z.enum(['pipeline', 'rerun']),
});

/** A run as people see it, from the ledger and the pipeline's definition. */
export const runView = z.object({
  id: z.string(),
  pipeline: z.string(),
  status: runStatus,
  /** The requester: `kind`, and its facts. */
  trigger: jsonObject,
  params: jsonObject,
  /** What it is for. */
  interval: z.exactOptional(intervalShape),
  createdAt: instant,
  startedAt: z.exactOptional(instant),
  endedAt: z.exactOptional(instant),
  /** It is over, and none of its work is open. */
  settled: z.boolean(),
  /** It was still running when it should have ended. */
  late: z.exactOptional(z.literal(true)),
  /** The run whose outcomes it keeps. */
  rerunOf: z.exactOptional(z.string()),
  /** Absent: no run started it. */
  startedBy: z.exactOptional(relatedRun),
  /** Runs that it started, without those that its datasets started. */
  started: listOf(relatedRun),
  /** The newer run for which it was stopped, by the pipeline's `overlap`. */
  cancelledBy: z.exactOptional(z.string()),
  /** Why it has not started, while it is queued. */
  waits: z.exactOptional(z.string()),
  /** Why it ended, if it did not reach its own end. */
  error: z.exactOptional(z.string()),
  cause: z.exactOptional(z.string()),
  /** The pipeline has changed its tasks since the run started. */
  changed: z.exactOptional(z.literal(true)),
  /** In file order, including tasks that have not started. */
  tasks: listOf(taskView),
});
export type RunView = z.output<typeof runView>;
