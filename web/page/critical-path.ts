import type { TaskView } from '../../shared/views/run-view.ts';

type Timed = Pick<TaskView, 'name' | 'after' | 'endedAt'>;

/** The tasks that the run's end waited for: from the last one back, each time the upstream task that ended last. */
export function criticalPath(tasks: readonly Timed[]): ReadonlySet<string> {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const path = new Set<string>();
  let at = latest(tasks);
  while (at !== undefined && !path.has(at.name)) {
    path.add(at.name);
    at = latest(at.after.flatMap((name) => byName.get(name) ?? []));
  }
  return path;
}

function latest(tasks: readonly Timed[]): Timed | undefined {
  let found: Timed | undefined;
  for (const task of tasks) {
    if (task.endedAt === undefined) continue;
    if (found?.endedAt === undefined || task.endedAt > found.endedAt) found = task;
  }
  return found;
}
