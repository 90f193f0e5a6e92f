import type { DatabaseSync } from 'node:sqlite';
import { jsonColumn } from '../storage/json-column.ts';

/** An entry as Glue returns it. */
export type CatalogEntry = Readonly<Record<string, unknown>>;
export type CatalogKind = 'database' | 'table' | 'partition';

/** The Data Catalog's entries by their paths: `[database]`, `[database, table]`, `[database, table, ...values]`. */
export interface CatalogStore {
  get(kind: CatalogKind, path: readonly string[]): CatalogEntry | undefined;
  put(kind: CatalogKind, path: readonly string[], entry: CatalogEntry): void;
  /** Removes an entry and everything below it. */
  remove(path: readonly string[]): void;
  /** The entries below a path, sorted by name. */
  list(kind: CatalogKind, below: readonly string[]): readonly CatalogEntry[];
}

export function openCatalogStore(database: DatabaseSync): CatalogStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS glue_catalog (
      kind TEXT NOT NULL, path TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (kind, path)
    ) WITHOUT ROWID;
  `);
  const one = jsonColumn<CatalogEntry>(database, 'SELECT entry FROM glue_catalog WHERE kind = ? AND path = ?');
  const put = database.prepare('INSERT OR REPLACE INTO glue_catalog (kind, path, entry) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM glue_catalog WHERE substr(path, 1, length(?)) = ?');
  const list = jsonColumn<CatalogEntry>(
    database,
    'SELECT entry FROM glue_catalog WHERE kind = ? AND substr(path, 1, length(?)) = ? ORDER BY path',
  );
  return {
    get: (kind, path) => one.first(kind, keyOf(path)),
    put: (kind, path, entry) => void put.run(kind, keyOf(path), JSON.stringify(entry)),
    remove: (path) => void remove.run(keyOf(path), keyOf(path)),
    list: (kind, below) => list.all(kind, keyOf(below), keyOf(below)),
  };
}

/** Each part ends in a character that no name contains, so that `a` is not a prefix of `ab`. */
function keyOf(path: readonly string[]): string {
  return path.map((part) => `${part}\u0001`).join('');
}
