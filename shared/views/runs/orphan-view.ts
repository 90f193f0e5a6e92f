import * as z from 'zod/mini';
import { instant, listOf } from '../shapes.ts';

/** Work of this stack that is open although its run is over or unknown. */
export const orphanView = z.object({
  kind: z.string(),
  work: z.string(),
  id: z.string(),
  run: z.string(),
  task: z.string(),
  attempt: z.number(),
  startedAt: z.exactOptional(instant),
});
export type OrphanView = z.output<typeof orphanView>;

export const orphanList = z.object({
  orphans: listOf(orphanView),
  /** Whether they were asked to stop. */
  stopped: z.boolean(),
});
export type OrphanList = z.output<typeof orphanList>;
