import * as z from 'zod/mini';
import { runStatus } from './run-view.ts';
import { instant, intervalShape, listOf, next } from './shapes.ts';

/** A run as it stands in a list. */
export const runItem = z.object({
  id: z.string(),
  pipeline: z.string(),
  status: runStatus,
  /** Of what asked for it: its kind, and its trigger's name where it has one. */
  trigger: z.exactOptional(z.object({ kind: z.string(), name: z.exactOptional(z.string()) })),
  interval: z.exactOptional(intervalShape),
  createdAt: instant,
  startedAt: z.exactOptional(instant),
  endedAt: z.exactOptional(instant),
  rerunOf: z.exactOptional(z.string()),
  late: z.exactOptional(z.literal(true)),
  /** Why it is not started yet, while it is queued. */
  waits: z.exactOptional(z.string()),
});
export type RunItem = z.output<typeof runItem>;

/** The newest first. A page may hold fewer than were asked for, and yet there be more: `next` says so. */
export const runList = z.object({ runs: listOf(runItem), next });
export type RunList = z.output<typeof runList>;
