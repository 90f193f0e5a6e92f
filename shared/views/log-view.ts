import * as z from 'zod/mini';
import { instant, listOf, next } from './shapes.ts';

/** What a task's work wrote. */
export const logView = z.object({
  run: z.string(),
  task: z.string(),
  attempt: z.number(),
  id: z.string(),
  /**
   * On AWS in the order of their times. At home standard output, and behind it standard error: nobody notes the times of
   * lines there.
   */
  lines: listOf(z.object({ stream: z.enum(['output', 'error']), text: z.string(), at: z.exactOptional(instant) })),
  next,
  /** Read from the start: goes into the query as `cursor` once there is more. */
  after: z.exactOptional(z.string()),
});
export type LogView = z.output<typeof logView>;
