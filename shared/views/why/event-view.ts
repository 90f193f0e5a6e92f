import * as z from 'zod/mini';
import { instant, listOf } from '../shapes.ts';

/** An event in the history of a run. */
const eventView = z.object({
  /** Its place, for `after` in the query. */
  id: z.string(),
  at: instant,
  /** For programs: `run-started`, `attempt-ended`, … */
  code: z.string(),
  task: z.exactOptional(z.string()),
  attempt: z.exactOptional(z.number()),
  sentence: z.string(),
});
export type EventView = z.output<typeof eventView>;

/** Oldest first. */
export const eventList = z.object({
  run: z.string(),
  events: listOf(eventView),
  /** Pass it as `after` in the next request. */
  after: z.exactOptional(z.string()),
  /** No further event will follow. */
  settled: z.boolean(),
});
export type EventList = z.output<typeof eventList>;
