import type { DatabaseSync } from 'node:sqlite';
import { jsonColumn } from '../storage/json-column.ts';
import { hasEnded, type LocalWork } from './local-work.ts';

export interface WorkStore {
  /** @param key the same key starts nothing a second time */
  insert(work: LocalWork, key?: string): void;
  update(work: LocalWork): void;
  get(kind: string, id: string): LocalWork | undefined;
  byKey(kind: string, key: string): LocalWork | undefined;
  /** Newest first. */
  of(kind: string, name: string, limit: number): readonly LocalWork[];
  count(kind: string, name: string): number;
  /** Oldest first. */
  all(): readonly LocalWork[];
  /** Oldest first. */
  open(): readonly LocalWork[];
}

export function openWorkStore(database: DatabaseSync): WorkStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS works (
      seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, key TEXT, open INTEGER NOT NULL,
      work TEXT NOT NULL, UNIQUE (kind, id), UNIQUE (kind, key)
    );
    CREATE INDEX IF NOT EXISTS works_by_name ON works (kind, name, seq);
    CREATE INDEX IF NOT EXISTS works_open ON works (seq) WHERE open = 1;
  `);
  const insert = database.prepare('INSERT INTO works (kind, id, name, key, open, work) VALUES (?, ?, ?, ?, ?, ?)');
  const update = database.prepare('UPDATE works SET open = ?, work = ? WHERE kind = ? AND id = ?');
  const one = jsonColumn<LocalWork>(database, 'SELECT work FROM works WHERE kind = ? AND id = ?');
  const keyed = jsonColumn<LocalWork>(database, 'SELECT work FROM works WHERE kind = ? AND key = ?');
  const named = jsonColumn<LocalWork>(
    database,
    'SELECT work FROM works WHERE kind = ? AND name = ? ORDER BY seq DESC LIMIT ?',
  );
  const count = database.prepare('SELECT COUNT(*) AS works FROM works WHERE kind = ? AND name = ?');
  const all = jsonColumn<LocalWork>(database, 'SELECT work FROM works ORDER BY seq');
  const open = jsonColumn<LocalWork>(database, 'SELECT work FROM works WHERE open = 1 ORDER BY seq');

  return {
    insert: (work, key) =>
      void insert.run(work.kind, work.id, work.name, key ?? null, hasEnded(work) ? 0 : 1, JSON.stringify(work)),
    update: (work) => void update.run(hasEnded(work) ? 0 : 1, JSON.stringify(work), work.kind, work.id),
    get: (kind, id) => one.first(kind, id),
    byKey: (kind, key) => keyed.first(kind, key),
    of: (kind, name, limit) => named.all(kind, name, limit),
    count: (kind, name) => Number(count.get(kind, name)?.works),
    all: () => all.all(),
    open: () => open.all(),
  };
}
