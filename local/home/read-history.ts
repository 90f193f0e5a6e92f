import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEvent } from '../engine/history/history-event.ts';
import { openEngineStore } from '../engine/store/open-engine-store.ts';

/**
 * The history of an execution, read from the file of a runtime that may be open in another process, or in none.
 *
 * @returns undefined when there is no such execution
 */
export function readHistory(database: DatabaseSync, executionArn: string): readonly HistoryEvent[] | undefined {
  const store = openEngineStore(database);
  const key = store.execution(executionArn)?.key;
  return key === undefined ? undefined : store.history(key, 1, store.lastEvent(key), false);
}
