import { add, addAll, type BitSet, emptySet, has } from '../dag/bit-set.ts';

/** Tasks by number, in a topological order: every edge goes from a lower number to a higher one. */
export type Dag = {
  readonly size: number;
  /** By task, ascending. */
  readonly predecessors: readonly (readonly number[])[];
};

/** The partial order of a DAG: the transitive closure, and the transitive reduction. */
export type Order = {
  readonly size: number;
  readonly ancestors: readonly BitSet[];
  readonly descendants: readonly BitSet[];
  /** Predecessors in the transitive reduction, ascending. */
  readonly predecessors: readonly (readonly number[])[];
};

export function orderOf(dag: Dag): Order {
  const ancestors = Array.from({ length: dag.size }, () => emptySet(dag.size));
  const descendants = Array.from({ length: dag.size }, () => emptySet(dag.size));
  const reduced: number[][] = [];
  for (let node = 0; node < dag.size; node += 1) {
    const above = ancestors[node] ?? emptySet(dag.size);
    const kept: number[] = [];
    // From the latest predecessor down: an earlier one that is already above needs no edge of its own.
    for (const predecessor of [...(dag.predecessors[node] ?? [])].sort((a, b) => b - a)) {
      if (has(above, predecessor)) continue;
      kept.push(predecessor);
      add(above, predecessor);
      addAll(above, ancestors[predecessor] ?? emptySet(dag.size));
    }
    reduced.push(kept.reverse());
  }
  for (let node = dag.size - 1; node >= 0; node -= 1) {
    const below = descendants[node] ?? emptySet(dag.size);
    for (const predecessor of reduced[node] ?? []) {
      const list = descendants[predecessor] ?? emptySet(dag.size);
      add(list, node);
      addAll(list, below);
    }
  }
  return { size: dag.size, ancestors, descendants, predecessors: reduced };
}

export function isBefore(order: Order, earlier: number, later: number): boolean {
  const above = order.ancestors[later];
  return above !== undefined && has(above, earlier);
}
