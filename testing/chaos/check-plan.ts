import { failures } from './failures.ts';
import type { ObservedRun, ObservedTasks } from './observed.ts';
import type { Say } from './say.ts';
import type { Scenario } from './scenario.ts';

/** Checks that a rerun keeps exactly what the documentation says. */
export function checkPlan({ tasks, rerun }: Scenario, earlier: ObservedTasks, run: ObservedRun, say: Say): void {
  if (rerun === undefined) return;
  const { how, task } = rerun;
  const again = new Set<string>();
  const before = (name: string): string | undefined => earlier[name]?.status;
  if (how === 'from' || how === 'only') again.add(task);
  if (how !== 'only') {
    for (const { name } of tasks) {
      const status = before(name);
      if (status === undefined || (how !== 'from' && failures.has(status))) again.add(name);
    }
    for (const { name, after } of tasks) if (after.some((upstream) => again.has(upstream))) again.add(name);
  }
  if (how === 'skip' || how === 'succeeded') again.delete(task);
  for (const { name } of tasks) {
    const now = run.tasks[name];
    if (again.has(name) && now?.kept) say(`${name} should have run again, but was kept`);
    if (!again.has(name) && now !== undefined && !now.kept) say(`${name} should have been kept, but ran again`);
  }
}
