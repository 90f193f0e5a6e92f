import type { Ledger } from '../../ledger/ledger.ts';
import { mapKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import { countOf, type MapRecord, mapRecord } from '../../runs/map/map-record.ts';
import { mapProgress } from '../../runs/map/map-words.ts';
import type { TaskRecord } from '../../runs/task/task-record.ts';
import { kindOf } from '../../tasks/kinds.ts';
import type { ItemsView, TaskView } from './run-view.ts';

/** The items of the latest attempts, by the names of the tasks. */
export async function readItems(
  ledger: Pick<Ledger, 'get'>,
  tasks: readonly TaskRecord[],
): Promise<ReadonlyMap<string, ItemsView>> {
  const items = new Map<string, ItemsView>();
  for (const { run, task, attempt } of tasks) {
    if (kindOf(attempt.work.kind).nested?.(attempt.work).items === undefined) continue;
    const map = await readRecord(ledger, mapKey(run, task, attempt.number), mapRecord);
    if (map !== undefined) items.set(task, itemsView(map));
  }
  return items;
}

export function withItems(tasks: readonly TaskView[], items: ReadonlyMap<string, ItemsView>): TaskView[] {
  return tasks.map((task) => {
    const own = items.get(task.name);
    return own === undefined ? task : { ...task, items: own };
  });
}

function itemsView(map: MapRecord): ItemsView {
  const kept = countOf(map, 'kept');
  return {
    pipeline: map.inner,
    total: map.states.length,
    done: countOf(map, 'succeeded') + kept,
    kept,
    failed: countOf(map, 'failed'),
    running: countOf(map, 'live'),
    waiting: countOf(map, 'waiting'),
    sentence: mapProgress(map),
    failures: map.failures.map(({ label, run, why }) => ({ item: label, ...(run === undefined ? {} : { run }), why })),
  };
}
