import type { Observed } from './observed.ts';
import type { Scenario } from './scenario.ts';

/** Nothing that is due is looked at later than so many seconds. */
const latest = 90;

/** What is promised of the number of calls, and of how late something is looked at. */
export function checkCalls({ tasks, stress }: Scenario, { jobRuns, stops }: Observed): readonly string[] {
  const found: string[] = [];
  const stopped = new Set(stops.flat());
  const asked = stops.reduce((sum, ids) => sum + ids.length, 0);
  if (asked > 2 * stopped.size) found.push(`${asked} stops were asked for, of ${stopped.size} job runs`);
  if (stress !== 'late') return found;
  for (const { name, deadline } of tasks) {
    const own = jobRuns.filter(({ task }) => task === name);
    const [first] = own;
    if (first === undefined || deadline === undefined) continue;
    const end = Math.max(...own.map(({ endedAt = Number.POSITIVE_INFINITY }) => endedAt));
    const due = first.startedAt + deadline;
    if (end > due + latest) found.push(`${name} was due at ${due}, and looked at ${Math.round(end - due)} s later`);
  }
  return found;
}
