import * as z from 'zod/mini';
import { instant, listOf } from '../shapes.ts';

/** A pipeline's live runs, and its queue, the next run first. */
export const pipelineQueue = z.object({
  pipeline: z.string(),
  max: z.number(),
  paused: z.boolean(),
  pausedTriggers: listOf(z.string()),
  live: listOf(z.string()),
  queued: listOf(
    z.object({
      run: z.string(),
      trigger: z.exactOptional(z.string()),
      priority: z.number(),
      /** Its trigger or its pipeline is paused. */
      held: z.boolean(),
    }),
  ),
  /** More runs wait in the overflow. */
  more: z.boolean(),
});
export type PipelineQueue = z.output<typeof pipelineQueue>;

/** Attempts that wait for capacity, the first one first. */
export const jobQueue = z.object({
  kind: z.string(),
  work: z.string(),
  waiting: listOf(z.object({ run: z.string(), task: z.string(), since: instant })),
  more: z.boolean(),
});
export type JobQueue = z.output<typeof jobQueue>;

/** A pool: who holds its places, and who waits for them, the next one first. */
export const poolQueue = z.object({
  pool: z.string(),
  places: z.number(),
  /** Held places. After a pool became smaller there may be more than it has. */
  held: z.number(),
  holders: listOf(z.object({ run: z.string(), task: z.string(), places: z.number() })),
  waiting: listOf(
    z.object({
      run: z.string(),
      task: z.string(),
      places: z.number(),
      priority: z.number(),
      /** Its run catches up, and gives way to live runs of the same priority. */
      catchUp: z.boolean(),
      since: instant,
    }),
  ),
  more: z.boolean(),
});
export type PoolQueue = z.output<typeof poolQueue>;

export const queueList = z.object({
  pipelines: listOf(pipelineQueue),
  jobs: listOf(jobQueue),
  pools: listOf(poolQueue),
});
export type QueueList = z.output<typeof queueList>;
