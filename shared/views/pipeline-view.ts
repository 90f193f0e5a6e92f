import * as z from 'zod/mini';
import { storedJson } from '../ledger/decision.ts';
import { graphLayoutView } from './graph-layout-view.ts';
import { runItem } from './run-list.ts';
import { instant, listOf } from './shapes.ts';

export const paramView = z.object({
  name: z.string(),
  type: z.string(),
  /** Whoever starts a run has to give it. */
  required: z.boolean(),
  /** A value, or an expression of the pipeline's language. */
  default: z.exactOptional(storedJson),
  description: z.exactOptional(z.string()),
});

export const triggerView = z.object({
  name: z.string(),
  kind: z.string(),
  paused: z.boolean(),
  /** What it waits for, in a few words: an address, a schedule, names. */
  what: z.string(),
  /** Of a schedule: when it is due next. */
  next: z.exactOptional(instant),
});
export type TriggerView = z.output<typeof triggerView>;

/** A pipeline as it stands in a list. */
export const pipelineItem = z.object({
  name: z.string(),
  description: z.exactOptional(z.string()),
  paused: z.boolean(),
  params: listOf(paramView),
  triggers: listOf(triggerView),
  tasks: listOf(z.string()),
  /** Runs that are live, and how many wait for them in the queue. */
  live: listOf(z.string()),
  waiting: z.number(),
  /** The newest first. */
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

/** A pipeline as it is deployed. */
export const pipelineView = z.extend(pipelineItem, {
  tasks: listOf(taskNode),
  runs: runRulesView,
  layout: graphLayoutView,
});
export type PipelineView = z.output<typeof pipelineView>;
