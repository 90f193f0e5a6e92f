import type { DatabaseSync } from 'node:sqlite';

/** Actions that wait for the open transaction. */
const waiting = new WeakMap<DatabaseSync, (() => void)[]>();

/** Runs `body` in one commit, or as part of the transaction that is already open. */
export function transaction<T>(database: DatabaseSync, body: () => T): T {
  if (database.isTransaction) return body();
  const actions: (() => void)[] = [];
  const result = committed(database, actions, body);
  for (const act of actions) act();
  return result;
}

/** Runs the action once the open transaction is committed, or now if there is none. Never if the transaction fails. */
export function onceCommitted(database: DatabaseSync, act: () => void): void {
  const actions = waiting.get(database);
  if (actions === undefined) act();
  else actions.push(act);
}

function committed<T>(database: DatabaseSync, actions: (() => void)[], body: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  waiting.set(database, actions);
  try {
    const result = body();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  } finally {
    waiting.delete(database);
  }
}
