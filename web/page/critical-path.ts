import type { TaskView } from '../../shared/views/run/run-view.ts';

type Timed = Pick<TaskView, 'name' | 'after' | 'endedAt'>;

/**
 * The tasks that the run's end waited for: back from the last one, each time to the upstream task that ended last. A
 * task that never ran passes on what it waited for.
 */
export function criticalPath(tasks: readonly Timed[]): ReadonlySet<string> {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const path = new Set<string>();
  let at = latest(tasks);
  while (at !== undefined && !path.has(at.name)) {
    path.add(at.name);
    at = latest(endedBefore(at, byName));
  }
  return path;
}

/** The upstream tasks that ended, found by way of those that did not. */
function endedBefore(task: Timed, byName: ReadonlyMap<string, Timed>): Timed[] {
  const ended: Timed[] = [];
  const seen = new Set<string>();
  const next = [...task.after];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const upstream = byName.get(name);
    if (upstream === undefined || seen.has(name)) continue;
    seen.add(name);
    if (upstream.endedAt === undefined) next.push(...upstream.after);
    else ended.push(upstream);
  }
  return ended;
}

function latest(tasks: readonly Timed[]): Timed | undefined {
  let found: Timed | undefined;
  for (const task of tasks) {
    if (task.endedAt === undefined) continue;
    if (found?.endedAt === undefined || task.endedAt > found.endedAt) found = task;
  }
  return found;
}
