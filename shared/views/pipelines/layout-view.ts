import * as z from 'zod/mini';
import { listOf } from '../shapes.ts';

const point = z.object({ x: z.number(), y: z.number() });

/** A drawing of a pipeline's graph. Every dependency goes to the right, that is, to a larger `x`. */
export const layoutView = z.object({
  pipeline: z.string(),
  /** The largest coordinates. The smallest are 0. */
  width: z.number(),
  height: z.number(),
  tasks: listOf(z.extend(point, { name: z.string() })),
  /** `path`: its line, from the task `from` to the task `to`. */
  dependencies: listOf(z.object({ from: z.string(), to: z.string(), path: listOf(point) })),
});
export type LayoutView = z.output<typeof layoutView>;
