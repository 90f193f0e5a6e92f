import * as z from 'zod/mini';
import { taskState } from '../run/run-view.ts';
import { instant, listOf, next } from '../shapes.ts';
import { runItem } from './run-list.ts';

/** A run with the states of the grid's rows. Null: the run has no such task. */
export const gridColumn = z.extend(runItem, { settled: z.boolean(), states: listOf(z.nullable(taskState)) });
export type GridColumn = z.output<typeof gridColumn>;

/** A part of a pipeline's grid: some runs, the newest first, by some tasks in file order. */
export const gridView = z.object({
  pipeline: z.string(),
  /** How many rows the grid has, and how many come before the first one here. */
  rows: z.number(),
  first: z.number(),
  /** The tasks of the rows here. */
  tasks: listOf(z.string()),
  /** All runs here were requested before this time. Absent: the newest run is among them. */
  until: z.exactOptional(instant),
  runs: listOf(gridColumn),
  next,
});
export type GridView = z.output<typeof gridView>;
