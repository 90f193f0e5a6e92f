import { type Group, isLeftOut, type Plan } from '../graph/plan.ts';
import type { TaskGraph } from '../graph/task-graph.ts';

/**
 * The key of each task in the state document. A task that no later state reads has none.
 *
 * Tasks of one Parallel state share a key if the same states read them, all after it: the Parallel state adds their scores.
 * So a task after a thousand others reads one number.
 */
export type Keys = {
  /** The key of each task. Undefined: no later state reads it. */
  readonly of: readonly (string | undefined)[];
  /** The Parallel state that adds the scores of each shared key. */
  readonly sharedIn: ReadonlyMap<string, Group>;
  /** Keys of tasks whose output is read. Each belongs to one task, and holds its whole outcome instead of its score. */
  readonly whole: ReadonlySet<string>;
};

type Reader = { readonly id: string; readonly around: readonly Group[] };

export function keysOf(plan: Group, graph: Pick<TaskGraph, 'tasks' | 'asked' | 'outputs'>): Keys {
  const { tasks, asked, outputs } = graph;
  const around: (readonly Group[])[] = [];
  const readers: Reader[][] = tasks.map(() => []);
  for (const [node, parallels] of nodesWithin(plan, [])) {
    if (node.kind === 'task') {
      around[node.task] = parallels;
      const reader = { id: `${node.task}`, around: parallels };
      for (const task of asked[node.task] ?? []) readers[task]?.push(reader);
    } else if (node.kind === 'signal' && !isLeftOut(node)) {
      const reader = { id: `${node.task}${node.parent?.partOf === undefined ? 's' : 'p'}`, around: parallels };
      for (const task of node.tasks) readers[task]?.push(reader);
    }
  }

  const read = new Set(outputs.flat());
  const whole = new Set<string>();
  const alike = new Map<string, { readonly within: Group; readonly tasks: number[] }>();
  const of = tasks.map(({ name }, task) => {
    const own = readers[task] ?? [];
    if (own.length === 0) return undefined;
    if (read.has(task)) whole.add(name);
    else {
      const inside = new Set(own.flatMap((reader) => reader.around));
      const within = around[task]?.find((parallel) => !inside.has(parallel));
      if (within !== undefined) {
        const by = own.map(({ id }) => id).join();
        const group = alike.get(by) ?? { within, tasks: [] };
        alike.set(by, group);
        if (group.within === within) group.tasks.push(task);
      }
    }
    return name;
  });

  const sharedIn = new Map<string, Group>();
  const shared: (string | undefined)[] = [...of];
  for (const group of alike.values()) {
    if (group.tasks.length < 2) continue;
    // no task has such a name
    const key = `_${sharedIn.size + 1}`;
    sharedIn.set(key, group.within);
    for (const task of group.tasks) shared[task] = key;
  }
  return { of: shared, sharedIn, whole };
}

/** Lists the tasks and signals, each with the Parallel states around it, outermost first. */
function* nodesWithin(plan: Plan, around: readonly Group[]): Generator<readonly [Plan, readonly Group[]]> {
  if (plan.kind !== 'series' && plan.kind !== 'parallel') {
    yield [plan, around];
    return;
  }
  const within = plan.kind === 'parallel' ? [...around, plan] : around;
  for (const part of plan.parts) yield* nodesWithin(part, within);
}
