import { goOnAfter } from '../../actors/after-task.ts';
import { signalTask } from '../../actors/task-actor.ts';
import type { RunRecord } from '../../runs/run/run-record.ts';
import type { System } from '../../services/system.ts';

/** A run that a task of another run has started is over: its task asks how it ended. Otherwise the reconciler does. */
export async function tellParent(system: System, run: RunRecord | undefined): Promise<void> {
  if (run?.settled !== true || run.trigger.kind !== 'task') return;
  const { run: parent, task } = run.trigger;
  if (typeof parent !== 'string' || typeof task !== 'string') return;
  await goOnAfter(system, await signalTask(system, { run: parent, task }, { is: 'tick' }));
}
