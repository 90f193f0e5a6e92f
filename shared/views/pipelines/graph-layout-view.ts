import * as z from 'zod/mini';
import { layOutGraph } from '../../graph-layout/lay-out-graph.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { listOf } from '../shapes.ts';

const point = z.object({ x: z.number(), y: z.number() });

/** Where to draw the tasks of a pipeline, from left to right. The smallest coordinates are 0. */
export const graphLayoutView = z.object({
  width: z.number(),
  height: z.number(),
  nodes: listOf(z.object({ task: z.string(), x: z.number(), y: z.number() })),
  /** `points`: the line between the two tasks, around others. */
  edges: listOf(z.object({ from: z.string(), to: z.string(), points: listOf(point) })),
});
export type GraphLayoutView = z.output<typeof graphLayoutView>;

const drawn = new WeakMap<Pipeline['tasks'], GraphLayoutView>();

export function layOutTasks(tasks: Pipeline['tasks']): GraphLayoutView {
  const known = drawn.get(tasks) ?? draw(tasks);
  drawn.set(tasks, known);
  return known;
}

function draw(tasks: Pipeline['tasks']): GraphLayoutView {
  const numbers = new Map(tasks.map(({ name }, number) => [name, number]));
  const named = tasks.flatMap(({ name: to, after }) => after.map((from) => ({ from, to })));
  const edges = named.map(({ from, to }) => [numbers.get(from) ?? -1, numbers.get(to) ?? -1] as const);
  const { width, height, nodes, edges: ways } = layOutGraph(tasks.length, edges);
  return {
    width,
    height,
    nodes: tasks.map(({ name }, number) => ({ task: name, x: nodes[number]?.x ?? 0, y: nodes[number]?.y ?? 0 })),
    edges: named.map((edge, number) => ({ ...edge, points: ways[number] ?? [] })),
  };
}
