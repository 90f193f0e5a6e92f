import type { JoinRule } from '../../model/pipeline.ts';

type Waiting = { readonly name: string; readonly after: readonly string[]; readonly when: JoinRule };

/** What lies before what. Names that no task has are passed over. */
export type Upstream = {
  /** Each as the names along it, the first again at the end; every task is in one of them at most. */
  readonly cycles: readonly (readonly string[])[];
  /** Whether `task` ends before `of` can begin, directly or by way of others. */
  isUpstream(task: string, of: string): boolean;
  /** Whether `of` cannot run unless `task` has succeeded. A rule that is content with less makes nothing certain. */
  mustSucceed(task: string, of: string): boolean;
};

/** Closures are sets of bits, one word for 32 tasks: 20,000 tasks in a row are no exercise in patience. */
export function findUpstream(tasks: readonly Waiting[]): Upstream {
  const indexes = new Map(tasks.map((task, index) => [task.name, index]));
  const after = tasks.map((task) => {
    const known = task.after.flatMap((name) => indexes.get(name) ?? []);
    return known.filter((index) => tasks[index]?.name !== task.name);
  });
  const { order, cycles } = sort(after);
  let closures: { readonly all: Uint32Array[]; readonly sure: Uint32Array[] } | undefined;
  const has = (kind: 'all' | 'sure', task: string, of: string) => {
    const [bit, row] = [indexes.get(task), indexes.get(of)];
    if (bit === undefined || row === undefined) return false;
    closures ??= close(tasks, after, order);
    return (((closures[kind][row]?.[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  };
  return {
    cycles: cycles.map((cycle) => cycle.flatMap((index) => tasks[index]?.name ?? [])),
    isUpstream: (task, of) => has('all', task, of),
    mustSucceed: (task, of) => has('sure', task, of),
  };
}

/** Kahn's algorithm; whenever it is stuck, one cycle is found, recorded and taken out. */
function sort(after: readonly (readonly number[])[]): { order: number[]; cycles: number[][] } {
  const downstream: number[][] = after.map(() => []);
  after.forEach((upstream, index) => {
    for (const one of upstream) downstream[one]?.push(index);
  });
  const waiting = after.map((upstream) => upstream.length);
  const open = new Set(after.keys());
  const ready = [...open].filter((index) => waiting[index] === 0);
  const order: number[] = [];
  const cycles: number[][] = [];
  const take = (index: number) => {
    for (const next of downstream[index] ?? []) {
      const left = (waiting[next] ?? 0) - 1;
      waiting[next] = left;
      if (left === 0 && open.has(next)) ready.push(next);
    }
  };
  for (;;) {
    for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
      order.push(index);
      open.delete(index);
      take(index);
    }
    const [start] = open;
    if (start === undefined) return { order, cycles };
    const cycle = findCycle(start, (index) => after[index]?.find((one) => open.has(one)));
    cycles.push(cycle);
    const members = new Set(cycle);
    for (const index of members) open.delete(index);
    for (const index of members) take(index);
  }
}

/** Everything that is left waits for something that is left: going upstream must come round. In the order of time. */
function findCycle(start: number, upstreamOf: (index: number) => number | undefined): number[] {
  const seen = new Map<number, number>();
  const walk: number[] = [];
  let index: number | undefined = start;
  while (index !== undefined && !seen.has(index)) {
    seen.set(index, walk.length);
    walk.push(index);
    index = upstreamOf(index);
  }
  const cycle = walk.slice(index === undefined ? 0 : seen.get(index)).reverse();
  const first = cycle.indexOf(Math.min(...cycle));
  return [...cycle.slice(first), ...cycle.slice(0, first + 1)];
}

function close(tasks: readonly Waiting[], after: readonly (readonly number[])[], order: readonly number[]) {
  const words = (tasks.length + 31) >>> 5;
  const all = tasks.map(() => new Uint32Array(words));
  const sure = tasks.map(() => new Uint32Array(words));
  const empty = new Uint32Array(words);
  for (const index of order) {
    const upstream = after[index] ?? [];
    const rule = tasks[index]?.when;
    for (const one of upstream) merge(all[index] ?? empty, all[one] ?? empty, one, 'any');
    const succeeding = rule === 'all_succeeded' || (typeof rule === 'object' && rule.atLeast === upstream.length);
    // At the first success (or N-th) only what all of the upstream tasks have in common is certain.
    const either = rule === 'any_succeeded' || typeof rule === 'object';
    upstream.forEach((one, at) => {
      if (succeeding || (either && at === 0)) merge(sure[index] ?? empty, sure[one] ?? empty, one, 'any');
      else if (either) merge(sure[index] ?? empty, sure[one] ?? empty, one, 'both');
    });
  }
  return { all, sure };
}

function merge(into: Uint32Array, from: Uint32Array, and: number, how: 'any' | 'both'): void {
  for (let word = 0; word < into.length; word += 1) {
    const own = word === and >>> 5 ? 1 << (and & 31) : 0;
    const other = (from[word] ?? 0) | own;
    into[word] = how === 'any' ? (into[word] ?? 0) | other : (into[word] ?? 0) & other;
  }
}
