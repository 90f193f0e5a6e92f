import type { DatabaseSync } from 'node:sqlite';
import { jsonColumn } from '../storage/json-column.ts';

export type CrawlState = 'RUNNING' | 'COMPLETED' | 'FAILED' | 'STOPPED';

/** One crawl. Times in epoch milliseconds. */
export type Crawl = {
  readonly id: string;
  readonly crawler: string;
  readonly state: CrawlState;
  readonly startedOn: number;
  readonly endedOn?: number;
  readonly stopping?: true;
  readonly errorMessage?: string;
  /** JSON, as `ListCrawls` returns it. */
  readonly summary?: string;
};

export interface CrawlStore {
  get(id: string): Crawl | undefined;
  put(crawl: Crawl): void;
  /** Newest first. */
  of(crawler: string): readonly Crawl[];
  running(): readonly Crawl[];
}

export function openCrawlStore(database: DatabaseSync): CrawlStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS glue_crawl (
      id TEXT PRIMARY KEY, crawler TEXT NOT NULL, started REAL NOT NULL, running INTEGER NOT NULL, crawl TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS glue_crawl_of ON glue_crawl (crawler, started);
    CREATE INDEX IF NOT EXISTS glue_crawl_running ON glue_crawl (started) WHERE running = 1;
  `);
  const one = jsonColumn<Crawl>(database, 'SELECT crawl FROM glue_crawl WHERE id = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO glue_crawl (id, crawler, started, running, crawl) VALUES (?, ?, ?, ?, ?)',
  );
  const of = jsonColumn<Crawl>(
    database,
    'SELECT crawl FROM glue_crawl WHERE crawler = ? ORDER BY started DESC, id DESC',
  );
  const running = jsonColumn<Crawl>(database, 'SELECT crawl FROM glue_crawl WHERE running = 1 ORDER BY started');
  return {
    get: (id) => one.first(id),
    put(crawl) {
      put.run(crawl.id, crawl.crawler, crawl.startedOn, crawl.state === 'RUNNING' ? 1 : 0, JSON.stringify(crawl));
    },
    of: (crawler) => of.all(crawler),
    running: () => running.all(),
  };
}
