import type { Observed } from './observed.ts';
import type { Scenario } from './scenario.ts';

/** The most seconds between a due time and the reconciler's look. */
const latest = 90;

/** Checks the promised limits on the number of calls and on late looks. */
export function checkCalls({ tasks, stress }: Scenario, { jobRuns, stops }: Observed): readonly string[] {
  const found: string[] = [];
  const stopped = new Set(stops.flat());
  const asked = stops.reduce((sum, ids) => sum + ids.length, 0);
  if (asked > 2 * stopped.size) found.push(`${asked} stops were requested for ${stopped.size} job runs`);
  if (stress !== 'late') return found;
  const deadlines = new Map(tasks.map(({ name, deadline }) => [name, deadline]));
  for (const { name, after } of tasks) {
    const due = Math.max(0, ...after.map((upstream) => deadlines.get(upstream) ?? 0));
    const first = jobRuns.find(({ task }) => task === name)?.startedAt ?? Number.POSITIVE_INFINITY;
    if (due > 0 && first > due + latest) found.push(`${name} was due at ${due}, but started at ${first}`);
  }
  return found;
}
