import * as z from 'zod/mini';
import { listOf, next } from './shapes.ts';

/** What a task's work wrote. */
export const logView = z.object({
  run: z.string(),
  task: z.string(),
  attempt: z.number(),
  id: z.string(),
  /** In the order in which they were written, each stream by itself: at home nobody notes the times of lines. */
  lines: listOf(z.object({ stream: z.enum(['output', 'error']), text: z.string() })),
  next,
});
export type LogView = z.output<typeof logView>;
export type LogLine = LogView['lines'][number];
