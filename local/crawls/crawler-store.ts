import type { DatabaseSync } from 'node:sqlite';
import type { Crawler } from '../../shared/pipeline/jobs/jobs-file.ts';
import { jsonColumn } from '../storage/json-column.ts';

/** The crawlers created with `CreateCrawler`. */
export interface CrawlerStore {
  get(name: string): Crawler | undefined;
  put(crawler: Crawler): void;
  remove(name: string): void;
  list(): readonly Crawler[];
}

export function openCrawlerStore(database: DatabaseSync): CrawlerStore {
  database.exec(
    'CREATE TABLE IF NOT EXISTS glue_crawler (name TEXT PRIMARY KEY, crawler TEXT NOT NULL) WITHOUT ROWID;',
  );
  const one = jsonColumn<Crawler>(database, 'SELECT crawler FROM glue_crawler WHERE name = ?');
  const put = database.prepare('INSERT OR REPLACE INTO glue_crawler (name, crawler) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM glue_crawler WHERE name = ?');
  const list = jsonColumn<Crawler>(database, 'SELECT crawler FROM glue_crawler ORDER BY name');
  return {
    get: (name) => one.first(name),
    put: (crawler) => void put.run(crawler.name, JSON.stringify(crawler)),
    remove: (name) => void remove.run(name),
    list: () => list.all(),
  };
}
