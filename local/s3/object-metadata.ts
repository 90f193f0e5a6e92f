import type { DatabaseSync } from 'node:sqlite';

/** An object's metadata: header names in lower case, such as `content-type` and `x-amz-meta-owner`. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** Headers of objects. They apply to the version of the file with the same `sequencer`. */
export interface ObjectMetadata {
  get(bucket: string, key: string, sequencer: string): ObjectHeaders;
  put(bucket: string, key: string, sequencer: string, headers: ObjectHeaders): void;
  remove(bucket: string, key: string): void;
}

export function openObjectMetadata(database: DatabaseSync): ObjectMetadata {
  database.exec(`
    CREATE TABLE IF NOT EXISTS s3_object_headers (
      bucket TEXT NOT NULL, key TEXT NOT NULL, sequencer TEXT NOT NULL, headers TEXT NOT NULL,
      PRIMARY KEY (bucket, key)
    ) WITHOUT ROWID;
  `);
  const one = database.prepare('SELECT sequencer, headers FROM s3_object_headers WHERE bucket = ? AND key = ?');
  const put = database.prepare('INSERT OR REPLACE INTO s3_object_headers VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM s3_object_headers WHERE bucket = ? AND key = ?');
  return {
    get(bucket, key, sequencer) {
      const row = one.get(bucket, key);
      if (row === undefined || row.sequencer !== sequencer) return {};
      const headers: unknown = JSON.parse(String(row.headers));
      return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
    },
    put: (bucket, key, sequencer, headers) => void put.run(bucket, key, sequencer, JSON.stringify(headers)),
    remove: (bucket, key) => void remove.run(bucket, key),
  };
}
