import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createSql, type Sql } from '../../../local/sql/duckdb.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-duckdb-'));
afterAll(() => rmSync(folder, { recursive: true }));
const buckets = path.join(folder, 's3');
const outside = path.join(folder, 's3-secrets');
for (const each of [buckets, outside]) {
  mkdirSync(each);
  writeFileSync(path.join(each, 'a.csv'), 'n\n1\n');
}
const useSql = createSql([buckets]);
const never = new AbortController().signal;
const run = <T>(act: (sql: Sql) => Promise<T>) => useSql(never, act);

describe('the SQL of a pipeline file', () => {
  test('reads the buckets, and writes to its own folder', async () => {
    expect(await run((sql) => sql.rows(`FROM '${buckets}/a.csv'`))).toEqual([{ n: '1' }]);
    await run(async (sql) => {
      await sql.rows(`COPY (SELECT 1) TO '${sql.folder}/b.csv'`);
      expect(readdirSync(sql.folder)).toEqual(['b.csv']);
    });
  });

  test.each([
    `FROM '${outside}/a.csv'`,
    `FROM '${buckets}/../s3-secrets/a.csv'`,
    `SELECT content FROM read_text('/etc/hostname')`,
    `SELECT file FROM glob('${outside}/*')`,
    `COPY (SELECT 1) TO '${outside}/b.csv'`,
    `ATTACH '${outside}/b.db' AS other`,
    `EXPORT DATABASE '${outside}/all'`,
  ])('cannot use a file outside its folders: %s', async (statement) => {
    await expect(run((sql) => sql.rows(statement))).rejects.toThrow(/Permission Error/);
    expect(readdirSync(outside)).toEqual(['a.csv']);
  });

  test.each([
    'SET enable_external_access = true',
    `SET allowed_directories = ['/']`,
    'SET lock_configuration = false',
    'RESET enable_external_access',
    'SET autoinstall_known_extensions = true',
    `SET temp_directory = '${outside}'`,
    'INSTALL httpfs',
    'LOAD httpfs',
    `SELECT * FROM 'https://127.0.0.1:1/a.csv'`,
  ])('cannot lift the restriction: %s', async (statement) => {
    await expect(run((sql) => sql.rows(statement))).rejects.toThrow(
      /configuration has been locked|Permission Error|disabled/,
    );
  });

  test('cannot contain several statements', async () => {
    await expect(run((sql) => sql.rows('SELECT 1; SELECT 2'))).rejects.toThrow(
      'only one SQL statement is allowed, but there are 2',
    );
  });
});

describe('a statement that runs for ever', () => {
  const endless = 'SELECT max(a.range + b.range) FROM range(10000000) a, range(10000000) b';

  test.each(['rows', 'result'] as const)('is interrupted by an abort: %s', async (way) => {
    const stopping = new AbortController();
    const running = useSql<unknown>(stopping.signal, (sql) => {
      setImmediate(() => stopping.abort());
      return sql[way](endless);
    });
    await expect(running).rejects.toThrow(/interrupted|aborted/i);
  });

  test('frees its slot when it is aborted', async () => {
    const stopping = new AbortController();
    const running = Array.from({ length: 3 }, () => useSql(stopping.signal, (sql) => sql.rows(endless)));
    const waiting = run((sql) => sql.rows('SELECT 1::INTEGER AS n'));
    stopping.abort();
    const ends = await Promise.allSettled(running);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await waiting).toEqual([{ n: 1 }]);
  });
});
