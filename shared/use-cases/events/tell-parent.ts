import * as z from 'zod/mini';
import { goOnAfter } from '../../actors/after-task.ts';
import { itemSignals, openItems, readMap, signalMap } from '../../actors/map-actor.ts';
import { signalTask } from '../../actors/task-actor.ts';
import type { RunRecord } from '../../runs/run/run-record.ts';
import type { System } from '../../services/system.ts';

const parent = z.object({
  kind: z.literal('task'),
  run: z.string(),
  task: z.string(),
  attempt: z.number(),
  index: z.exactOptional(z.number()),
});

/**
 * A run that a task of another run has started is over: its task asks how it ended, or starts its next items. Otherwise the
 * reconciler does.
 */
export async function tellParent(system: System, run: RunRecord | undefined): Promise<void> {
  if (run?.settled !== true) return;
  const { data: ref } = parent.safeParse(run.trigger);
  if (ref === undefined) return;
  if (ref.index === undefined) return tellTask(system, ref);
  const map = await readMap(system, ref);
  if (map === undefined || map.ended !== undefined) return;
  for (const signal of await itemSignals(system, map, ref.index, run)) {
    if ((await signalMap(system, ref, signal))?.ended !== undefined) await tellTask(system, ref);
  }
}

/** The items of a task, for the reconciler. */
export const openMaps = openItems(tellTask);

async function tellTask(system: System, { run, task }: { readonly run: string; readonly task: string }): Promise<void> {
  await goOnAfter(system, await signalTask(system, { run, task }, { is: 'tick' }));
}
