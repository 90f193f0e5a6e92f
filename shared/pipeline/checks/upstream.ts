import { add, addAll, type BitSet, has as contains, emptySet, keepCommon } from '../../dag/bit-set.ts';
import { topologicalOrder } from '../../dag/topological-order.ts';
import type { JoinRule } from '../../model/pipeline.ts';

type Waiting = { readonly name: string; readonly after: readonly string[]; readonly when: JoinRule };

/** Which tasks come before which. Unknown names are ignored. */
export type Upstream = {
  /** The names along each cycle, the first again at the end. A task is on one cycle at most. */
  readonly cycles: readonly (readonly string[])[];
  /** Whether `task` is upstream of `of`, directly or through others. */
  isUpstream(task: string, of: string): boolean;
  /** Whether `of` can run only if `task` has succeeded. Rules that accept less make nothing certain. */
  mustSucceed(task: string, of: string): boolean;
};

/** Closures are bit sets, so a chain of 20,000 tasks is no problem. */
export function findUpstream(tasks: readonly Waiting[]): Upstream {
  const indexes = new Map(tasks.map((task, index) => [task.name, index]));
  const after = tasks.map((task) => {
    const known = task.after.flatMap((name) => indexes.get(name) ?? []);
    return known.filter((index) => tasks[index]?.name !== task.name);
  });
  const { order, cycles } = topologicalOrder(after);
  let closures: { readonly all: BitSet[]; readonly sure: BitSet[] } | undefined;
  const has = (kind: 'all' | 'sure', task: string, of: string) => {
    const [bit, row] = [indexes.get(task), indexes.get(of)];
    if (bit === undefined || row === undefined) return false;
    closures ??= close(tasks, after, order);
    const closure = closures[kind][row];
    return closure !== undefined && contains(closure, bit);
  };
  return {
    cycles: cycles.map((cycle) => cycle.flatMap((index) => tasks[index]?.name ?? [])),
    isUpstream: (task, of) => has('all', task, of),
    mustSucceed: (task, of) => has('sure', task, of),
  };
}

function close(tasks: readonly Waiting[], after: readonly (readonly number[])[], order: readonly number[]) {
  const size = tasks.length;
  const all = tasks.map(() => emptySet(size));
  const sure = tasks.map(() => emptySet(size));
  const empty = emptySet(size);
  /** A task and everything upstream of it. */
  const upTo = (closure: readonly BitSet[], task: number): BitSet => {
    const set = Uint32Array.from(closure[task] ?? empty);
    add(set, task);
    return set;
  };
  for (const index of order) {
    const upstream = after[index] ?? [];
    const rule = tasks[index]?.when;
    for (const one of upstream) addAll(all[index] ?? empty, upTo(all, one));
    const succeeding = rule === 'all_succeeded' || (typeof rule === 'object' && rule.atLeast === upstream.length);
    // After the first success (or the N-th), only what all upstream tasks have in common is certain.
    const either = rule === 'any_succeeded' || typeof rule === 'object';
    upstream.forEach((one, at) => {
      const own = sure[index] ?? empty;
      if (succeeding || (either && at === 0)) addAll(own, upTo(sure, one));
      else if (either) keepCommon(own, upTo(sure, one));
    });
  }
  return { all, sure };
}
