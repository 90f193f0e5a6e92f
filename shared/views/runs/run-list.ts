import * as z from 'zod/mini';
import { runStatus } from '../run/run-view.ts';
import { instant, intervalShape, listOf, next } from '../shapes.ts';

/** A run in a list. */
export const runItem = z.object({
  id: z.string(),
  pipeline: z.string(),
  status: runStatus,
  /** The kind of its requester, and the trigger's name if there is one. */
  trigger: z.exactOptional(z.object({ kind: z.string(), name: z.exactOptional(z.string()) })),
  interval: z.exactOptional(intervalShape),
  createdAt: instant,
  startedAt: z.exactOptional(instant),
  endedAt: z.exactOptional(instant),
  rerunOf: z.exactOptional(z.string()),
  late: z.exactOptional(z.literal(true)),
  /** Why it has not started, while it is queued. */
  waits: z.exactOptional(z.string()),
});
export type RunItem = z.output<typeof runItem>;

/** Newest first. A page may hold fewer runs than requested although more follow: see `next`. */
export const runList = z.object({ runs: listOf(runItem), next });
export type RunList = z.output<typeof runList>;
