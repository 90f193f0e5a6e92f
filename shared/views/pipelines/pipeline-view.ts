import * as z from 'zod/mini';
import { storedJson } from '../../ledger/decision.ts';
import { runItem } from '../runs/run-list.ts';
import { instant, listOf } from '../shapes.ts';

export const paramView = z.object({
  name: z.string(),
  type: z.string(),
  /** The requester must give it. */
  required: z.boolean(),
  /** A value, or an expression. */
  default: z.exactOptional(storedJson),
  description: z.exactOptional(z.string()),
});

export const triggerView = z.object({
  name: z.string(),
  kind: z.string(),
  paused: z.boolean(),
  /** What it waits for, in a few words: an address, a schedule, names. */
  what: z.string(),
  /** For schedules: the next due time. */
  next: z.exactOptional(instant),
});
export type TriggerView = z.output<typeof triggerView>;

/** A pipeline in a list. */
const pipelineItem = z.object({
  name: z.string(),
  description: z.exactOptional(z.string()),
  paused: z.boolean(),
  params: listOf(paramView),
  triggers: listOf(triggerView),
  tasks: listOf(z.string()),
  /** Live runs, and the number of queued ones. */
  live: listOf(z.string()),
  waiting: z.number(),
  /** Newest first. */
  lastRuns: listOf(runItem),
});
export type PipelineItem = z.output<typeof pipelineItem>;

export const pipelineList = z.object({ pipelines: listOf(pipelineItem) });
export type PipelineList = z.output<typeof pipelineList>;

export const taskNode = z.object({
  name: z.string(),
  description: z.exactOptional(z.string()),
  after: listOf(z.string()),
  /** The join rule: `all_succeeded`, …, `at_least 2`. */
  when: z.string(),
  if: z.exactOptional(z.string()),
  kind: z.string(),
  work: z.string(),
  attempts: z.number(),
  timeoutSeconds: z.number(),
  deadlineSeconds: z.exactOptional(z.number()),
  tolerate: z.boolean(),
  publishes: listOf(z.string()),
});
export type TaskNode = z.output<typeof taskNode>;

export const runRulesView = z.object({ max: z.number(), overlap: z.string(), deadlineSeconds: z.number() });

/** A deployed pipeline. */
export const pipelineView = z.extend(pipelineItem, {
  tasks: listOf(taskNode),
  runs: runRulesView,
});
export type PipelineView = z.output<typeof pipelineView>;
