import * as z from 'zod/mini';
import { instant, listOf, next } from '../shapes.ts';

/** The output of a task's work. */
export const logView = z.object({
  run: z.string(),
  task: z.string(),
  attempt: z.number(),
  id: z.string(),
  /** On AWS ordered by time. Locally standard output, then standard error, because lines have no times there. */
  lines: listOf(z.object({ stream: z.enum(['output', 'error']), text: z.string(), at: z.exactOptional(instant) })),
  next,
  /** Of a page from the start: pass it as `cursor` once more was written. */
  after: z.exactOptional(z.string()),
});
export type LogView = z.output<typeof logView>;
