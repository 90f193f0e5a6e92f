import { DatabaseSync } from 'node:sqlite';

/** @param file a path, or `:memory:` */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  // FULL: what is committed survives a loss of power. It holds for this connection only, so it is set on each.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;');
  return database;
}
