import { layOutGraph } from '../../graph-layout/lay-out-graph.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { LayoutView } from './layout-view.ts';

/** Places the tasks of a pipeline as the page does. */
export function layOutPipeline({ name, tasks }: Pipeline): LayoutView {
  const numbers = new Map(tasks.map((task, index) => [task.name, index]));
  const dependencies = tasks.flatMap(({ name: to, after }) => after.map((from) => ({ from, to })));
  const { nodes, edges, width, height } = layOutGraph(
    tasks.length,
    dependencies.map(({ from, to }) => [numbers.get(from) ?? 0, numbers.get(to) ?? 0]),
  );
  return {
    ...{ pipeline: name, width, height },
    tasks: tasks.map((task, index) => ({ name: task.name, ...(nodes[index] ?? { x: 0, y: 0 }) })),
    dependencies: dependencies.map((each, index) => ({ ...each, path: edges[index] ?? [] })),
  };
}
