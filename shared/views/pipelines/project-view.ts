import * as z from 'zod/mini';
import { instant, listOf } from '../shapes.ts';

const problemView = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});

/** The project's files on the developer's machine, and how `dev` last deployed them. */
export const projectView = z.object({
  /** False: a deployed stack answers, which has no files. */
  local: z.boolean(),
  /** When `dev` last deployed a change. Absent: it has deployed none since it started. */
  deployedAt: z.exactOptional(instant),
  deployed: listOf(z.string()),
  removed: listOf(z.string()),
  /** As `validate` prints them. A file with errors keeps its last correct content. */
  problems: listOf(problemView),
  /** Why the files could not be deployed at all. */
  failure: z.exactOptional(z.string()),
});
export type ProjectView = z.output<typeof projectView>;
