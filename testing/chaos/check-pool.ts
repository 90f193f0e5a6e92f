import type { Observed, ObservedJobRun } from './observed.ts';
import type { Scenario } from './scenario.ts';

/** Checks that works never hold more places than the pool has, and that no place is held or wanted at the end. */
export function checkPool({ pool, tasks }: Scenario, { jobRuns, pool: left }: Observed): readonly string[] {
  if (pool === undefined) return [];
  const places = new Map(tasks.map(({ name, places }) => [name, places ?? 0]));
  const held = ({ task }: ObservedJobRun): number => places.get(task) ?? 0;
  const found = jobRuns.flatMap((one): string[] => {
    if (held(one) === 0) return [];
    const beside = jobRuns.filter(({ startedAt, endedAt = Number.POSITIVE_INFINITY }) => {
      return startedAt <= one.startedAt && one.startedAt < endedAt;
    });
    const sum = beside.reduce((all, each) => all + held(each), 0);
    const names = beside.filter((each) => held(each) > 0).map(({ run, task, attempt }) => `${run}/${task} #${attempt}`);
    return sum > pool ? [`${sum} of ${pool} places were in use at ${one.startedAt}: ${names.join(', ')}`] : [];
  });
  if (left.held > 0) found.push(`${left.held} places stayed held at the end`);
  if (left.waiting > 0) found.push(`${left.waiting} tasks wait for a place at the end`);
  return found;
}
