import { add, type BitSet, emptySet, has, members } from '../dag/bit-set.ts';
import type { Order } from './dag.ts';

/**
 * The maximal modules of an irreducible part: the largest proper subsets whose tasks all stand in the same relation to
 * each task outside. They form a partition, since the part splits neither in series nor in parallel
 * (modular decomposition; see docs/decisions/0003-graph-structure.md).
 *
 * @param part task numbers, ascending
 * @returns modules, each ascending, in the order of their first tasks
 */
export function maximalModules(order: Order, part: readonly number[]): number[][] {
  const first = part[0];
  if (first === undefined) return [];
  const classes = modulesWithout(order, part, first);
  const whole = { size: part.length, members: emptySet(order.size) };
  for (const task of part) add(whole.members, task);
  const outside = emptySet(order.size);
  const own = new Set([first]);
  for (const group of classes) {
    const [representative] = group;
    if (representative === undefined) continue;
    const closure = own.has(representative) ? [] : smallestModule(order, whole, first, representative, outside);
    // A class lies within one maximal module.
    for (const task of group) {
      if (closure === undefined) add(outside, task);
      else own.add(task);
    }
    for (const task of closure ?? []) own.add(task);
  }
  const others = classes.filter(([task]) => task !== undefined && !own.has(task));
  return [[...own].sort((a, b) => a - b), ...others].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** The maximal modules that do not hold `without`, by partition refinement. */
function modulesWithout(order: Order, part: readonly number[], without: number): number[][] {
  const classes: number[][] = [];
  const classOf = new Map<number, number>();
  const queue: number[] = [];
  const queued = new Set<number>();
  /** Places of the classes that may still be split. */
  const open = new Set<number>();

  const split = (pivot: number, group: readonly number[], place: number | undefined): void => {
    // the two rows of the pivot: to look in a row of each task would miss the processor's cache each time
    const [above, below] = [order.ancestors[pivot], order.descendants[pivot]];
    const behind: number[] = [];
    const before: number[] = [];
    const beside: number[] = [];
    for (const task of group) {
      if (below !== undefined && has(below, task)) behind.push(task);
      else if (above !== undefined && has(above, task)) before.push(task);
      else beside.push(task);
    }
    const pieces = [behind, before, beside].filter((piece) => piece.length > 0);
    if (pieces.length === 1 && place !== undefined) return;
    pieces.forEach((piece, index) => {
      const target = index === 0 && place !== undefined ? place : classes.length;
      classes[target] = piece;
      if (piece.length > 1) open.add(target);
      else open.delete(target);
      for (const task of piece) {
        classOf.set(task, target);
        if (!queued.has(task)) queue.push(task);
        queued.add(task);
      }
    });
  };

  split(
    without,
    part.filter((task) => task !== without),
    undefined,
  );
  for (let next = 0; next < queue.length && open.size > 0; next += 1) {
    const pivot = queue[next];
    if (pivot === undefined) continue;
    queued.delete(pivot);
    for (const place of [...open]) {
      const group = classes[place];
      if (group !== undefined && classOf.get(pivot) !== place) split(pivot, group, place);
    }
  }
  return classes.map((group) => group.sort((a, b) => a - b));
}

/** The smallest module that holds both. Undefined if it is the whole part, or reaches a task known to be elsewhere. */
function smallestModule(
  order: Order,
  part: { readonly size: number; readonly members: BitSet },
  first: number,
  second: number,
  outside: BitSet,
): number[] | undefined {
  const closure = emptySet(order.size);
  add(closure, first);
  add(closure, second);
  const above = order.ancestors[first] ?? emptySet(order.size);
  const below = order.descendants[first] ?? emptySet(order.size);
  let size = 2;
  const queue = [second];
  for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
    if (has(outside, task)) return undefined;
    const up = order.ancestors[task] ?? above;
    const down = order.descendants[task] ?? below;
    for (let word = 0; word < part.members.length; word += 1) {
      const differs = ((up[word] ?? 0) ^ (above[word] ?? 0)) | ((down[word] ?? 0) ^ (below[word] ?? 0));
      let bits = differs & (part.members[word] ?? 0) & ~(closure[word] ?? 0);
      if ((bits & (outside[word] ?? 0)) !== 0) return undefined;
      while (bits !== 0) {
        const lowest = bits & -bits;
        const found = (word << 5) + 31 - Math.clz32(lowest);
        bits ^= lowest;
        if (has(closure, found)) continue;
        add(closure, found);
        queue.push(found);
        size += 1;
      }
    }
  }
  return size === part.size ? undefined : members(closure);
}
