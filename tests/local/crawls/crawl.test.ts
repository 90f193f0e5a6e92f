import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CatalogStore, openCatalogStore } from '../../../local/catalog/catalog-store.ts';
import { type CrawlResult, crawl } from '../../../local/crawls/crawl.ts';
import { createFolderFiles } from '../../../local/s3/folder-files.ts';
import { createSql } from '../../../local/sql/duckdb.ts';

const now = Date.UTC(2026, 10, 22);
const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-crawl-'));
const buckets = path.join(folder, 's3');
const files = createFolderFiles(buckets, {
  drafts: path.join(folder, 'drafts'),
  folderKeys: path.join(folder, 'folder-keys'),
  uuid: () => 'draft',
});
const useSql = createSql([buckets]);
const fileOf = (bucket: string, key: string) => path.join(buckets, bucket, key);
afterAll(() => rmSync(folder, { recursive: true }));

function put(key: string, text: string): void {
  mkdirSync(path.dirname(fileOf('lake', key)), { recursive: true });
  writeFileSync(fileOf('lake', key), text);
}

let catalog: CatalogStore;
beforeAll(async () => {
  put('orders/year=2025/month=01/a.json', '{"id":1,"price":"1.50","at":"2025-01-02","items":[{"sku":"x","n":2}]}\n');
  put('orders/year=2026/month=11/b.json', '{"id":2,"price":"2.50","extra":true}\n');
  put('orders/_SUCCESS', '');
  put('orders/year=2026/_temporary/c.json', '{"junk":1}\n');
  put('rates.csv', 'currency,rate,day\nEUR,1.1,2026-01-01\nCHF,1.2,2026-01-02\n');
  put('alike/one/a.csv', 'a;b\n1;x\n');
  put('alike/two/b.csv', 'a;b\n2;y\n');
  put('mixed/people/p.csv', 'name,age\nAda,36\n');
  put('mixed/places/p.csv', 'city,area\nUlm,118.6\n');
  put('broken/x.parquet', 'this is no Parquet');
  mkdirSync(fileOf('lake', 'facts/day=2026-11-01'), { recursive: true });
  await useSql(new AbortController().signal, (sql) =>
    sql.rows(
      `COPY (SELECT 1::INTEGER AS n, 1.5::DECIMAL(10,2) AS price, DATE '2026-01-01' AS day2) TO '${fileOf('lake', 'facts/day=2026-11-01/f.parquet')}'`,
    ),
  );
});

async function crawled(paths: readonly string[], options: { stopped?: boolean; exclusions?: string[] } = {}) {
  catalog = openCatalogStore(new DatabaseSync(':memory:'));
  return again(paths, options);
}

function again(
  paths: readonly string[],
  { stopped = false, exclusions = [] }: { stopped?: boolean; exclusions?: string[] } = {},
): Promise<CrawlResult> {
  const crawler = { name: 'raw', database: 'Sales', paths, tablePrefix: 'raw_', exclusions };
  const s3 = {
    list: (bucket: string, prefix: string) => files.list(bucket).filter(({ key }) => key.startsWith(prefix)),
  };
  const signal = stopped ? AbortSignal.abort() : new AbortController().signal;
  return crawl(crawler, { useSql, s3, catalog, now: () => now, fileOf }, signal);
}

function tables(): unknown[] {
  return catalog.list('table', ['sales']).map((table) => {
    const { Name, PartitionKeys, Parameters, StorageDescriptor } = Object(table);
    const columns = Object.fromEntries(
      StorageDescriptor.Columns.map((column: { Name: string; Type: string }) => [column.Name, column.Type]),
    );
    const keys = PartitionKeys.map((key: { Name: string }) => key.Name);
    return { Name, at: StorageDescriptor.Location, form: Parameters.classification, columns, keys };
  });
}

describe('a crawl', () => {
  test('creates one table for a folder with partitions, whatever the columns of each file', async () => {
    expect(await crawled(['s3://lake/orders/'])).toEqual({
      tables: { created: 1, updated: 0 },
      partitions: { created: 2, updated: 0 },
    });
    expect(tables()).toEqual([
      {
        Name: 'raw_orders',
        at: 's3://lake/orders/',
        form: 'json',
        columns: {
          id: 'bigint',
          price: 'string',
          at: 'string',
          items: 'array<struct<sku:string,n:bigint>>',
          extra: 'boolean',
        },
        keys: ['year', 'month'],
      },
    ]);
    expect(catalog.list('partition', ['sales', 'raw_orders'])).toMatchObject([
      { Values: ['2025', '01'], StorageDescriptor: { Location: 's3://lake/orders/year=2025/month=01/' } },
      { Values: ['2026', '11'], StorageDescriptor: { Location: 's3://lake/orders/year=2026/month=11/' } },
    ]);
    expect(catalog.get('database', ['sales'])).toMatchObject({ Name: 'sales' });
  });

  test('writes only what has changed', async () => {
    await crawled(['s3://lake/orders']);
    const none = { created: 0, updated: 0 };
    expect(await again(['s3://lake/orders/'])).toEqual({ tables: none, partitions: none });
    put('orders/year=2026/month=12/c.json', '{"id":3,"price":"1.00"}\n');
    expect(await again(['s3://lake/orders/'])).toEqual({
      tables: { created: 0, updated: 1 },
      partitions: { created: 1, updated: 0 },
    });
  });

  test('keeps manual changes to a table that it updates', async () => {
    await crawled(['s3://lake/rates.csv']);
    const table = catalog.get('table', ['sales', 'raw_rates_csv']);
    catalog.put('table', ['sales', 'raw_rates_csv'], { ...table, Description: 'by hand' });
    await again(['s3://lake/rates.csv']);
    expect(catalog.get('table', ['sales', 'raw_rates_csv'])).toMatchObject({ Description: 'by hand' });
  });

  test('creates a table for a single file, with its header and delimiter, and reads dates as strings', async () => {
    await crawled(['s3://lake/rates.csv']);
    expect(tables()).toEqual([
      {
        Name: 'raw_rates_csv',
        at: 's3://lake/rates.csv',
        form: 'csv',
        columns: { currency: 'string', rate: 'double', day: 'string' },
        keys: [],
      },
    ]);
    expect(catalog.get('table', ['sales', 'raw_rates_csv'])).toMatchObject({
      Parameters: { 'skip.header.line.count': '1', delimiter: ',' },
    });
  });

  test('creates partitions for folders with similar rows, and tables for others', async () => {
    await crawled(['s3://lake/alike/', 's3://lake/mixed/']);
    expect(tables()).toMatchObject([
      { Name: 'raw_alike', keys: ['partition_0'], columns: { a: 'bigint', b: 'string' } },
      { Name: 'raw_people', keys: [], columns: { name: 'string', age: 'bigint' } },
      { Name: 'raw_places', keys: [], columns: { city: 'string', area: 'double' } },
    ]);
  });

  test('keeps the types of Parquet files', async () => {
    await crawled(['s3://lake/facts/']);
    expect(tables()).toMatchObject([
      { form: 'parquet', keys: ['day'], columns: { n: 'int', price: 'decimal(10,2)', day2: 'date' } },
    ]);
  });

  test('skips excluded files', async () => {
    await crawled(['s3://lake/mixed/'], { exclusions: ['places/**'] });
    expect(tables()).toMatchObject([{ Name: 'raw_people' }]);
  });

  test('fails with the name of the unreadable file', async () => {
    await expect(crawled(['s3://lake/broken/'])).rejects.toThrow(/broken\/x\.parquet/);
    expect(catalog.list('database', [])).toEqual([]);
  });

  test('writes nothing after a stop', async () => {
    await expect(crawled(['s3://lake/orders/'], { stopped: true })).rejects.toThrow(/aborted/);
    expect(catalog.list('database', [])).toEqual([]);
  });
});
