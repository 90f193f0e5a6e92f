type Node = { readonly name: string; readonly after: readonly string[] };

export type Grouped = {
  /** The tasks in each drawn node. A single task has its own name. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** The drawn node of each task. */
  readonly nodeOf: ReadonlyMap<string, string>;
};

const fewest = 3;

/** The groups in task names: three or more tasks with the same prefix before the first `_`, `-`, `.` or `/`. */
export function groupsOf(tasks: readonly Node[]): ReadonlyMap<string, readonly string[]> {
  const found = Map.groupBy(
    tasks.map(({ name }) => name),
    prefixOf,
  );
  return new Map([...found].filter(([prefix, names]) => prefix !== '' && names.length >= fewest));
}

function prefixOf(name: string): string {
  return /^([^_\-./]+)[_\-./]/.exec(name)?.[1] ?? '';
}

/**
 * Folds groups to one node each. A group stays open if folding it would close a cycle: one of its tasks waits for
 * another one through an outside task.
 */
export function foldGroups(tasks: readonly Node[], groups: Iterable<string>): Grouped {
  const known = groupsOf(tasks);
  const nodeOf = new Map(tasks.map(({ name }) => [name, name]));
  for (const group of groups) {
    const names = known.get(group);
    if (names === undefined || !isConvex(tasks, new Set(names))) continue;
    const before = new Map(names.map((name) => [name, nodeOf.get(name) ?? name]));
    for (const name of names) nodeOf.set(name, `${group} …`);
    // two groups that can each be folded may wait for each other
    if (!isAcyclic(tasks, nodeOf)) for (const [name, node] of before) nodeOf.set(name, node);
  }
  const members = new Map<string, string[]>();
  for (const { name } of tasks) {
    const node = nodeOf.get(name) ?? name;
    const list = members.get(node);
    if (list === undefined) members.set(node, [name]);
    else list.push(name);
  }
  return { members, nodeOf };
}

/** No path leads out of the set and back into it. */
function isConvex(tasks: readonly Node[], set: ReadonlySet<string>): boolean {
  const nodeOf = new Map(tasks.map(({ name }) => [name, set.has(name) ? ' the set' : name]));
  return isAcyclic(tasks, nodeOf);
}

function isAcyclic(tasks: readonly Node[], nodeOf: ReadonlyMap<string, string>): boolean {
  const next = new Map<string, Set<string>>();
  const missing = new Map<string, number>();
  for (const { name, after } of tasks) {
    const to = nodeOf.get(name) ?? name;
    missing.set(to, missing.get(to) ?? 0);
    for (const each of after) {
      const from = nodeOf.get(each);
      if (from === undefined || from === to) continue;
      const ends = next.get(from) ?? new Set();
      if (ends.has(to)) continue;
      next.set(from, ends.add(to));
      missing.set(to, (missing.get(to) ?? 0) + 1);
    }
  }
  const order = [...missing].flatMap(([node, count]) => (count === 0 ? [node] : []));
  for (let at = 0; at < order.length; at += 1) {
    for (const to of next.get(order[at] ?? '') ?? []) {
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order.length === missing.size;
}
