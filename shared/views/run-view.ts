import * as z from 'zod/mini';
import { storedJson } from '../ledger/decision.ts';
import { taskStatuses } from '../model/join-rule.ts';
import { endStatuses, liveStatuses } from '../runs/run/run-record.ts';
import { instant, intervalShape, jsonObject, listOf } from './shapes.ts';

/** What a task does now, or how it has ended. `retrying`: a try has failed, and the next one has not begun. */
export const taskState = z.enum([...taskStatuses, 'waiting', 'starting', 'retrying', 'queued', 'running', 'not_run']);
export type TaskState = z.output<typeof taskState>;

export const runStatus = z.enum([...liveStatuses, ...endStatuses]);

export const attemptView = z.object({
  number: z.number(),
  state: taskState,
  /** What does the work, and which one of it: `glue-job`, and the job's name. */
  kind: z.string(),
  work: z.string(),
  /** Of the work that was begun: a job run's. Absent: nothing has been begun. */
  id: z.exactOptional(z.string()),
  startedAt: z.exactOptional(instant),
  endedAt: z.exactOptional(instant),
  /** Seconds from when the task's turn came until its work was begun: there was no room before. */
  queueSeconds: z.exactOptional(z.number()),
  /** Seconds that the service took to begin with the work, and behind its end. */
  startUpSeconds: z.exactOptional(z.number()),
  /** Seconds that the work itself took, as the service counts them. */
  workSeconds: z.exactOptional(z.number()),
  dpuSeconds: z.exactOptional(z.number()),
  /** Why it is queued, or why it failed. */
  reason: z.exactOptional(z.string()),
});
export type AttemptView = z.output<typeof attemptView>;

export const taskView = z.object({
  name: z.string(),
  after: listOf(z.string()),
  state: taskState,
  /** The outcome is that of an earlier run. */
  kept: z.boolean(),
  /** It failed, and the run does not mind. */
  tolerated: z.boolean(),
  startedAt: z.exactOptional(instant),
  endedAt: z.exactOptional(instant),
  attempts: listOf(attemptView),
  /** While it is `retrying`: when the next try begins, about. */
  triesAgainAt: z.exactOptional(instant),
  /** Upstream tasks that have not ended, while it waits for them. */
  waitsFor: listOf(z.string()),
  output: z.exactOptional(storedJson),
  /** In the place of an output that is too large to be shown among the others: its bytes. */
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
export const relatedRun = z.object({
  run: z.string(),
  pipeline: z.string(),
  /** `pipeline`: it follows the other's end. `rerun`: it goes on with what the other has done. */
  by: z.enum(['pipeline', 'rerun']),
});

/** A run as it is shown, put together from the ledger and the pipeline's definition. */
export const runView = z.object({
  id: z.string(),
  pipeline: z.string(),
  status: runStatus,
  /** What asked for it: `kind`, and what there is to say of that. */
  trigger: jsonObject,
  params: jsonObject,
  /** What it is for. */
  interval: z.exactOptional(intervalShape),
  createdAt: instant,
  startedAt: z.exactOptional(instant),
  endedAt: z.exactOptional(instant),
  /** It is over, and nothing of it goes on. */
  settled: z.boolean(),
  /** It was not over when it should have been. */
  late: z.exactOptional(z.literal(true)),
  /** The run whose outcomes it keeps. */
  rerunOf: z.exactOptional(z.string()),
  /** Absent: it was no run that started it. */
  startedBy: z.exactOptional(relatedRun),
  /** Runs that it has started. Those that its datasets have started are not among them. */
  started: listOf(relatedRun),
  /** The newer run for which it was stopped, by the pipeline's `overlap`. */
  cancelledBy: z.exactOptional(z.string()),
  /** Why it is not started yet, while it is queued. */
  waits: z.exactOptional(z.string()),
  /** Why it ended, where it did not come to its own end. */
  error: z.exactOptional(z.string()),
  cause: z.exactOptional(z.string()),
  /** The pipeline has other tasks by now, or the same otherwise. What the run was started with is its definition. */
  changed: z.exactOptional(z.literal(true)),
  /** In the order of the file. Tasks of which nothing is known yet are there, too. */
  tasks: listOf(taskView),
});
export type RunView = z.output<typeof runView>;
