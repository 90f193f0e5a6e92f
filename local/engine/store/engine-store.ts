import type { DatabaseSync } from 'node:sqlite';

export interface EngineStore {
  close(): void;
}

/** Opens (and creates, when missing) the engine's tables in a database. */
export function openEngineStore(_database: DatabaseSync): EngineStore {
  throw new Error('not yet');
}
