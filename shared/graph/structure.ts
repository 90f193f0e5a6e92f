import { isBefore, type Order } from './dag.ts';
import { maximalModules } from './modules.ts';

/** An order taken apart into serial, parallel and irreducible parts. */
export type Structure =
  | { readonly kind: 'task'; readonly task: number }
  | { readonly kind: 'series' | 'parallel'; readonly parts: readonly Structure[] }
  | {
      /** Neither: its parts in topological order, and the direct predecessors of each. */
      readonly kind: 'irreducible';
      readonly parts: readonly Structure[];
      readonly predecessors: readonly (readonly number[])[];
    };

/** The modular decomposition of an order: exact, and series-parallel wherever the order is. */
export function structureOf(order: Order): Structure {
  return decompose(
    order,
    Array.from({ length: order.size }, (_, task) => task),
  );
}

function decompose(order: Order, part: readonly number[]): Structure {
  const [only, second] = part;
  if (only !== undefined && second === undefined) return { kind: 'task', task: only };
  const sideBySide = components(order, part);
  if (sideBySide.length > 1) return { kind: 'parallel', parts: sideBySide.map((piece) => decompose(order, piece)) };
  const inTurn = stages(order, part);
  if (inTurn.length > 1) return { kind: 'series', parts: inTurn.map((piece) => decompose(order, piece)) };
  const modules = maximalModules(order, part);
  return {
    kind: 'irreducible',
    parts: modules.map((module) => decompose(order, module)),
    predecessors: reducedBetween(order, modules),
  };
}

/** Weakly connected components. A module is convex, so the reduction's edges within it connect it. */
function components(order: Order, part: readonly number[]): number[][] {
  const root = new Map(part.map((task) => [task, task]));
  const find = (task: number): number => {
    let at = task;
    for (let up = root.get(at) ?? at; up !== at; up = root.get(at) ?? at) {
      root.set(at, root.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const task of part) {
    for (const predecessor of order.predecessors[task] ?? []) {
      if (root.has(predecessor)) root.set(find(task), find(predecessor));
    }
  }
  const pieces = Map.groupBy(part, find);
  return [...pieces.values()].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** Cuts a part wherever all tasks before the cut come before all tasks behind it. */
function stages(order: Order, part: readonly number[]): number[][] {
  // prefix[j]: how many of the first tasks all come before the task at j. A cut must hold for every task after it.
  const prefix = part.map((task) => {
    let length = 0;
    for (const earlier of part) {
      if (!isBefore(order, earlier, task)) break;
      length += 1;
    }
    return length;
  });
  let common = part.length;
  const cuts: number[] = [];
  for (let at = part.length - 1; at > 0; at -= 1) {
    common = Math.min(common, prefix[at] ?? 0);
    if (common >= at) cuts.push(at);
  }
  const bounds = [0, ...cuts.reverse(), part.length];
  return bounds.slice(1).map((end, index) => part.slice(bounds[index], end));
}

function reducedBetween(order: Order, modules: readonly (readonly number[])[]): number[][] {
  const moduleOf = new Map(modules.flatMap((module, index) => module.map((task) => [task, index] as const)));
  return modules.map((module, index) => {
    const before = new Set<number>();
    for (const task of module) {
      for (const predecessor of order.predecessors[task] ?? []) {
        const other = moduleOf.get(predecessor);
        if (other !== undefined && other !== index) before.add(other);
      }
    }
    return [...before].sort((a, b) => a - b);
  });
}
