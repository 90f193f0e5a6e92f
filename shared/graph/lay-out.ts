/**
 * How the parts of an irreducible part are laid out in branches, so that few of them need a gate.
 *
 * A part with one predecessor follows it: in its branch if it is the only such part, else side by side with the others.
 * A part with several predecessors needs a gate, unless the branches that end with them can be joined before it; a
 * branch can be joined once. Which joins save most is a set packing: the smallest first.
 * A path cover allows one follower for each part and joins nothing. This layout never needs more gates.
 */
export type Forest = {
  /** Parts that start a branch of their own, in topological order. */
  readonly roots: readonly number[];
  /** By part: the parts that follow it in its branch. Several run side by side and end the branch. */
  readonly followers: readonly (readonly number[])[];
  /** By part: the first parts of the branches that are joined before it. */
  readonly joins: readonly (readonly number[])[];
  readonly gated: ReadonlySet<number>;
};

export function layOut(predecessors: readonly (readonly number[])[]): Forest {
  const followers: number[][] = predecessors.map(() => []);
  predecessors.forEach((list, part) => {
    if (list.length === 1 && list[0] !== undefined) followers[list[0]]?.push(part);
  });

  // A branch without a fork: from its last part to its first.
  const headOf = new Map<number, number>();
  predecessors.forEach((list, part) => {
    const before = list.length === 1 ? list[0] : undefined;
    if (before === undefined) headOf.set(part, part);
    else if (followers[before]?.length === 1) {
      const head = headOf.get(before);
      if (head !== undefined) headOf.set(part, head);
    }
  });

  const joinable = new Map([...headOf].filter(([part]) => followers[part]?.length === 0));
  const joins: number[][] = predecessors.map(() => []);
  const joined = new Set<number>();
  const several = predecessors.flatMap((list, part) => (list.length > 1 ? [part] : []));
  const fewestFirst = [...several].sort((a, b) => (predecessors[a]?.length ?? 0) - (predecessors[b]?.length ?? 0));
  for (const part of fewestFirst) {
    const before = predecessors[part] ?? [];
    const heads = before.flatMap((tail) => joinable.get(tail) ?? []);
    if (heads.length < before.length) continue;
    joins[part] = heads;
    for (const tail of before) joinable.delete(tail);
    for (const head of heads) joined.add(head);
  }
  return {
    roots: predecessors.flatMap((list, part) => (list.length !== 1 && !joined.has(part) ? [part] : [])),
    followers,
    joins,
    gated: new Set(several.filter((part) => joins[part]?.length === 0)),
  };
}
