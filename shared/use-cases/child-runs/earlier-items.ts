import { findRun } from '../../actors/kit/find-run.ts';
import { itemRun, readMap } from '../../actors/map-actor.ts';
import { keepKey, taskKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import { type ItemValue, readItemValues } from '../../runs/map/item-values.ts';
import { itemStates, type MapRecord, type MapRef } from '../../runs/map/map-record.ts';
import type { RunRecord } from '../../runs/run/run-record.ts';
import { taskRecord } from '../../runs/task/task-record.ts';
import type { System } from '../../services/system.ts';

/**
 * The values of items, and what became of the same items in the attempt before, or in the run that this one continues:
 * items that succeeded are kept, and of those that failed, only the failed tasks run again.
 */
export async function earlierItems(
  system: System,
  above: RunRecord,
  ref: MapRef,
  inner: string,
  values: readonly ItemValue[],
): Promise<ItemValue[]> {
  const before = await mapBefore(system, above, ref.task, ref.attempt - 1);
  if (before === undefined || before.inner !== inner) return [...values];
  const known = await itemsIn(system, before);
  return values.map((value) => {
    const same = known.get(keyOf(value))?.shift();
    return same === undefined ? value : { ...value, ...same };
  });
}

/** The latest items of the task before an attempt. */
async function mapBefore(
  system: System,
  run: RunRecord,
  task: string,
  attempt: number,
): Promise<MapRecord | undefined> {
  for (let number = attempt; number > 0; number -= 1) {
    const map = await readMap(system, { run: run.id, task, attempt: number });
    if (map !== undefined) return map;
  }
  const continued = await continuedRun(system, run, task);
  if (continued === undefined) return undefined;
  const last = (await readRecord(system.ledger, taskKey(continued.id, task), taskRecord))?.attempt.number ?? 0;
  return mapBefore(system, continued, task, last);
}

/** The run whose failed work for this task goes on in a rerun. Undefined: the task begins anew. */
export async function continuedRun(system: System, run: RunRecord, task: string): Promise<RunRecord | undefined> {
  if (run.rerunOf === undefined) return undefined;
  const resumed = (await system.ledger.get(keepKey(run.id)))?.value.resumed;
  if (!Array.isArray(resumed) || !resumed.includes(task)) return undefined;
  return findRun(system, run.rerunOf);
}

/** Several items may have the same values. */
async function itemsIn(
  system: System,
  map: MapRecord,
): Promise<ReadonlyMap<string, Pick<ItemValue, 'kept' | 'again'>[]>> {
  const known = new Map<string, Pick<ItemValue, 'kept' | 'again'>[]>();
  const values = await readItemValues(system.ledger, map.run, map.values, map.states.length);
  for (const [index, value] of values.entries()) {
    const became = becameOf(map, index, value);
    if (became === undefined) continue;
    const same = known.get(keyOf(value));
    if (same === undefined) known.set(keyOf(value), [became]);
    else same.push(became);
  }
  return known;
}

function becameOf(map: MapRecord, index: number, value: ItemValue): Pick<ItemValue, 'kept' | 'again'> | undefined {
  switch (map.states[index]) {
    case itemStates.succeeded:
      return { kept: itemRun(map, index) };
    case itemStates.kept:
      return value.kept === undefined ? undefined : { kept: value.kept };
    case itemStates.failed:
    case itemStates.stopped:
      return { again: itemRun(map, index) };
    default:
      return value.again === undefined ? undefined : { again: value.again };
  }
}

function keyOf({ params, interval }: ItemValue): string {
  return JSON.stringify([Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1)), interval ?? null]);
}
