import * as z from 'zod/mini';
import { isOpen, type TaskRecord } from '../runs/task/task-record.ts';
import type { System } from '../services/system.ts';
import { openEntry, Refused } from './kit/open-entry.ts';
import { publishDatasets } from './publish-datasets.ts';
import { settleAfterLast } from './run-actor.ts';
import { signalTask } from './task-actor.ts';

/** What follows the end of a task: publishes its datasets, and settles a stopping run. */
export async function goOnAfter(system: System, task: TaskRecord | undefined): Promise<void> {
  await publishDatasets(system, task);
  // this may have been the last open task of a stopped run
  if (task?.stopped) await settleAfterLast(system, task.run);
}

export const openTasks = openEntry('task', z.object({ run: z.string(), name: z.string() }), async (system, open) => {
  const task = await signalTask(system, { run: open.run, task: open.name }, { is: 'tick' });
  await goOnAfter(system, task);
  const refused = task !== undefined && isOpen(task) ? task.attempt.refused : undefined;
  if (refused !== undefined) throw new Refused(refused.reason);
});
