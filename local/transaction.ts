import type { DatabaseSync } from 'node:sqlite';

/** Runs `body` in one commit; within a transaction that is already open, as part of it. */
export function transaction<T>(database: DatabaseSync, body: () => T): T {
  if (database.isTransaction) return body();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = body();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
