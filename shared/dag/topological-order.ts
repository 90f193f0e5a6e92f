/** Nodes by their places in the list that was sorted. */
export type Sorted = {
  /** Every node comes after its predecessors; otherwise nodes keep their order. Nodes on a cycle are missing. */
  readonly order: readonly number[];
  /** Each begins at its lowest node, which comes again at the end. No node is in two of them. */
  readonly cycles: readonly (readonly number[])[];
};

/**
 * Kahn's algorithm, the only one of its kind here. Whenever it is stuck, one cycle is recorded and taken out.
 *
 * @param predecessors by node
 */
export function topologicalOrder(predecessors: readonly (readonly number[])[]): Sorted {
  const waiting = predecessors.map((list) => list.length);
  const successors: number[][] = predecessors.map(() => []);
  predecessors.forEach((list, node) => {
    for (const predecessor of list) successors[predecessor]?.push(node);
  });
  const order: number[] = [];
  const cycles: number[][] = [];
  const onCycle = new Set<number>();
  let ready = waiting.flatMap((count, node) => (count === 0 ? [node] : []));
  /** Every node below it is sorted or on a cycle. */
  let lowest = 0;
  const isOpen = (node: number): boolean => (waiting[node] ?? 0) > 0 && !onCycle.has(node);
  const release = (nodes: readonly number[]): void => {
    const next: number[] = [];
    for (const node of nodes) {
      for (const successor of successors[node] ?? []) {
        const left = (waiting[successor] ?? 0) - 1;
        waiting[successor] = left;
        if (left === 0 && !onCycle.has(successor)) next.push(successor);
      }
    }
    ready = next.sort((a, b) => a - b);
  };
  for (;;) {
    while (ready.length > 0) {
      for (const node of ready) order.push(node);
      release(ready);
    }
    while (lowest < predecessors.length && !isOpen(lowest)) lowest += 1;
    if (lowest === predecessors.length) return { order, cycles };
    const cycle = findCycle(lowest, (node) => predecessors[node]?.find(isOpen));
    cycles.push(cycle);
    for (const node of cycle) onCycle.add(node);
    release([...new Set(cycle)]);
  }
}

/** A node that is left waits for another that is left, so a walk upstream returns to where it was. */
function findCycle(start: number, upstreamOf: (node: number) => number | undefined): number[] {
  const seen = new Map<number, number>();
  const walk: number[] = [];
  let node: number | undefined = start;
  while (node !== undefined && !seen.has(node)) {
    seen.set(node, walk.length);
    walk.push(node);
    node = upstreamOf(node);
  }
  const cycle = walk.slice(node === undefined ? 0 : seen.get(node)).reverse();
  const first = cycle.indexOf(Math.min(...cycle));
  return [...cycle.slice(first), ...cycle.slice(0, first + 1)];
}
