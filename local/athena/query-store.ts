import type { DatabaseSync } from 'node:sqlite';
import { jsonColumn } from '../storage/json-column.ts';

export type QueryState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** One query. Times in epoch milliseconds. */
export type QueryExecution = {
  readonly id: string;
  readonly token?: string;
  readonly text: string;
  readonly database: string;
  /** The folder of the result, ending in `/`. */
  readonly output: string;
  readonly workGroup: string;
  readonly state: QueryState;
  readonly statementType: string;
  readonly submittedOn: number;
  readonly endedOn?: number;
  readonly reason?: string;
};

export interface QueryStore {
  get(id: string): QueryExecution | undefined;
  byToken(token: string): QueryExecution | undefined;
  put(query: QueryExecution): void;
  open(): readonly QueryExecution[];
  /** Newest first. */
  list(): readonly QueryExecution[];
}

export function openQueryStore(database: DatabaseSync): QueryStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS athena_query (
      id TEXT PRIMARY KEY, token TEXT, submitted REAL NOT NULL, open INTEGER NOT NULL, query TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX IF NOT EXISTS athena_query_token ON athena_query (token) WHERE token IS NOT NULL;
    CREATE INDEX IF NOT EXISTS athena_query_open ON athena_query (submitted) WHERE open = 1;
  `);
  const one = jsonColumn<QueryExecution>(database, 'SELECT query FROM athena_query WHERE id = ?');
  const token = jsonColumn<QueryExecution>(database, 'SELECT query FROM athena_query WHERE token = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO athena_query (id, token, submitted, open, query) VALUES (?, ?, ?, ?, ?)',
  );
  const open = jsonColumn<QueryExecution>(database, 'SELECT query FROM athena_query WHERE open = 1 ORDER BY submitted');
  const list = jsonColumn<QueryExecution>(
    database,
    'SELECT query FROM athena_query ORDER BY submitted DESC LIMIT 1000',
  );
  return {
    get: (id) => one.first(id),
    byToken: (text) => token.first(text),
    put(query) {
      const isOpen = query.state === 'QUEUED' || query.state === 'RUNNING' ? 1 : 0;
      put.run(query.id, query.token ?? null, query.submittedOn, isOpen, JSON.stringify(query));
    },
    open: () => open.all(),
    list: () => list.all(),
  };
}
