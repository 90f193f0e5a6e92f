/** Everything that the runs of a dataset trigger depend on. */
export type ModelTrigger = {
  /** How many of the datasets are enough. */
  readonly wanted: number;
  readonly again: boolean;
  /** The deadline in epoch milliseconds, and what happens then. */
  readonly deadline?: { readonly at: number; readonly otherwise: 'start' | 'skip' | 'alert' };
};

export type Published = { readonly dataset: string; readonly at: number };

/**
 * How many runs a trigger starts for one interval, computed simply and without product code.
 *
 * @param published what was published for the interval, each publication once, in order
 */
export function expectedRuns({ wanted, again, deadline }: ModelTrigger, published: readonly Published[]): number {
  const there = new Set<string>();
  let used: ReadonlySet<string> | undefined;
  let runs = 0;
  for (const { dataset, at } of published) {
    if (used !== undefined) {
      if (again && used.has(dataset)) runs += 1;
      continue;
    }
    const late = deadline !== undefined && at >= deadline.at;
    if (late && deadline.otherwise === 'skip') return 0;
    there.add(dataset);
    if (there.size < wanted && !(late && deadline.otherwise === 'start')) continue;
    used = new Set(there);
    runs = 1;
  }
  if (used === undefined && there.size > 0 && deadline?.otherwise === 'start') return 1;
  return runs;
}
