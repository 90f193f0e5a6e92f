import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEvent } from '../engine/history/history-event.ts';
import { openEngineStore } from '../engine/store/open-engine-store.ts';

/**
 * Reads an execution's history from the file of a runtime, which may be open in another process.
 *
 * @returns undefined if the execution does not exist
 */
export function readHistory(database: DatabaseSync, executionArn: string): readonly HistoryEvent[] | undefined {
  const store = openEngineStore(database);
  const key = store.execution(executionArn)?.key;
  return key === undefined ? undefined : store.history(key, 1, store.lastEvent(key), false);
}
