import type { DatabaseSync } from 'node:sqlite';

/** An object that has been reported. `modified` is the time of its file. */
export type ObjectRecord = {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly modified: number;
  /** MD5, without quotation marks. */
  readonly etag: string;
  readonly sequencer: string;
};

/** Records which objects have been reported, so that a restart reports each new one once. */
export interface ObjectRecords {
  get(bucket: string, key: string): ObjectRecord | undefined;
  put(record: ObjectRecord): void;
  remove(bucket: string, key: string): void;
  keys(bucket: string): readonly string[];
  /** The highest sequencer, as text. */
  lastSequencer(): string | undefined;
}

export function openObjectRecords(database: DatabaseSync): ObjectRecords {
  database.exec(`
    CREATE TABLE IF NOT EXISTS s3_objects (
      bucket TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, modified REAL NOT NULL,
      etag TEXT NOT NULL, sequencer TEXT NOT NULL, PRIMARY KEY (bucket, key)
    ) WITHOUT ROWID;
  `);
  const one = database.prepare('SELECT size, modified, etag, sequencer FROM s3_objects WHERE bucket = ? AND key = ?');
  const put = database.prepare('INSERT OR REPLACE INTO s3_objects VALUES (?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?');
  const keys = database.prepare('SELECT key FROM s3_objects WHERE bucket = ?');
  const last = database.prepare('SELECT MAX(sequencer) AS sequencer FROM s3_objects');

  return {
    get(bucket, key) {
      const row = one.get(bucket, key);
      if (row === undefined) return undefined;
      const { size, modified, etag, sequencer } = row;
      return {
        bucket,
        key,
        size: Number(size),
        modified: Number(modified),
        etag: String(etag),
        sequencer: String(sequencer),
      };
    },
    put: (record) =>
      void put.run(record.bucket, record.key, record.size, record.modified, record.etag, record.sequencer),
    remove: (bucket, key) => void remove.run(bucket, key),
    keys: (bucket) => keys.all(bucket).map((row) => String(row.key)),
    lastSequencer() {
      const sequencer = last.get()?.sequencer;
      return typeof sequencer === 'string' ? sequencer : undefined;
    },
  };
}
