import * as z from 'zod/mini';
import { instant, listOf } from './shapes.ts';

/** Something that happened to a run. */
export const eventView = z.object({
  /** Its place: goes into the query as `after`. */
  id: z.string(),
  at: instant,
  /** What it is for programs: `run-started`, `attempt-ended`, … */
  code: z.string(),
  task: z.exactOptional(z.string()),
  attempt: z.exactOptional(z.number()),
  sentence: z.string(),
});
export type EventView = z.output<typeof eventView>;

/** The oldest first. */
export const eventList = z.object({
  run: z.string(),
  events: listOf(eventView),
  /** Of the last one, or what was asked with: to ask with again. */
  after: z.exactOptional(z.string()),
  /** Nothing will follow. */
  settled: z.boolean(),
});
export type EventList = z.output<typeof eventList>;
