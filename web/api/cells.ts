import type { TaskState } from '../../shared/views/run/run-view.ts';
import type { GridView } from '../../shared/views/runs/grid-view.ts';

/** The requested states of a run's tasks. Null: the run has no such task. */
export type Column = { readonly settled: boolean; readonly states: ReadonlyMap<string, TaskState | null> };

/** By run. A column with the same states stays the same object, so none of it is repainted. */
const columns = new Map<string, Column>();
const remembered = 2_000;

export function columnOf(run: string): Column | undefined {
  return columns.get(run);
}

/** @returns whether a state has changed */
export function takeCells({ tasks, runs }: GridView): boolean {
  let hasChanged = false;
  for (const { id, settled, states } of runs) {
    const before = columns.get(id);
    const isSame =
      before?.settled === settled && tasks.every((name, row) => before.states.get(name) === (states[row] ?? null));
    if (isSame) continue;
    const merged = new Map(before?.states);
    tasks.forEach((name, row) => void merged.set(name, states[row] ?? null));
    columns.delete(id);
    columns.set(id, { settled, states: merged });
    hasChanged = true;
  }
  for (const id of columns.keys()) {
    if (columns.size <= remembered) break;
    columns.delete(id);
  }
  return hasChanged;
}
