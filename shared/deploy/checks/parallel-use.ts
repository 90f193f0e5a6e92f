import { topologicalOrder } from '../../dag/topological-order.ts';
import { isBefore, type Order, orderOf } from '../../graph/dag.ts';
import { isEarly } from '../../model/join-rule.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { used } from '../../tasks/kinds.ts';

/** The most runs of one job that a single run of the pipeline may have at once, and their tasks. */
export type ParallelUse = { readonly job: string; readonly most: number; readonly tasks: readonly string[] };

export function parallelUse(pipeline: Pipeline): ParallelUse[] {
  const place = new Map(pipeline.tasks.map((task, index) => [task.name, index]));
  // with an early join rule, a task may run beside the tasks in its `after`
  const before = pipeline.tasks.map((task) =>
    isEarly(task.when) ? [] : task.after.flatMap((name) => place.get(name) ?? []),
  );
  const { order: numbers } = topologicalOrder(before);
  const numberOf = new Map(numbers.map((index, number) => [index, number]));
  const predecessors = numbers.map((index) =>
    (before[index] ?? []).flatMap((each) => numberOf.get(each) ?? []).sort((a, b) => a - b),
  );
  const order = orderOf({ size: numbers.length, predecessors });

  const uses = new Map<string, number[]>();
  for (const [number, index] of numbers.entries()) {
    const task = pipeline.tasks[index];
    for (const job of task === undefined ? [] : used('job', task)) uses.set(job, [...(uses.get(job) ?? []), number]);
  }
  return [...uses].map(([job, users]) => ({
    job,
    most: width(order, users),
    tasks: users.flatMap((number) => pipeline.tasks[numbers[number] ?? 0]?.name ?? []),
  }));
}

/**
 * The largest number of given nodes that are mutually unordered: the number of nodes minus a maximum matching
 * (Dilworth).
 */
function width(order: Order, nodes: readonly number[]): number {
  const chainedBy = new Map<number, number>();
  const chain = (node: number, tried: Set<number>): boolean =>
    nodes.some((later) => {
      if (!isBefore(order, node, later) || tried.has(later)) return false;
      tried.add(later);
      const holder = chainedBy.get(later);
      if (holder !== undefined && !chain(holder, tried)) return false;
      chainedBy.set(later, node);
      return true;
    });
  return nodes.length - nodes.filter((node) => chain(node, new Set())).length;
}
