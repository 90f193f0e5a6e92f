import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetCrawlerCommand, GetTableCommand, StartCrawlerCommand } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime, type Runtime } from '../../../local/runtime.ts';
import { embeddedRequestHandler } from '../../../local/wire/embedded-request-handler.ts';

const home = mkdtempSync(path.join(tmpdir(), 'gluewright-athena-'));
let runtime: Runtime;
let athena: AthenaClient;

function put(key: string, text: string): void {
  const file = path.join(home, 's3/lake', key);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(async () => {
  put('orders/day=2026-11-27/a.jsonl', '{"Id":1,"price":"1.50","tags":["a","b"]}\n{"Id":2,"price":"2.25"}\n');
  put('orders/day=2026-11-28/b.jsonl', '{"Id":3,"price":"4.00","tags":[]}\n');
  put('rates/r.csv', 'currency,rate\nEUR,1.1\nCHF,none\n');
  put('rates/s.csv', 'currency,rate\nUSD,1.0\n');
  const crawler = (name: string) => [
    name,
    { name, database: 'sales', paths: [`s3://lake/${name}/`], tablePrefix: '', exclusions: [] },
  ];
  runtime = await openRuntime({
    home,
    clock: createRealClock(),
    pipelines: [],
    jobs: {},
    crawlers: Object.fromEntries(['orders', 'rates'].map(crawler)),
  });
  athena = new AthenaClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: embeddedRequestHandler(runtime.services),
    maxAttempts: 1,
  });
  for (const Name of ['orders', 'rates']) {
    await runtime.clients.glue.send(new StartCrawlerCommand({ Name }));
    await vi.waitFor(async () => {
      const { Crawler } = await runtime.clients.glue.send(new GetCrawlerCommand({ Name }));
      expect(Crawler).toMatchObject({ State: 'READY', LastCrawl: { Status: 'SUCCEEDED' } });
    });
  }
});
afterAll(async () => {
  await runtime.close();
  rmSync(home, { recursive: true, force: true });
});

async function ended(QueryString: string, input = {}) {
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString,
      QueryExecutionContext: { Database: 'sales' },
      ResultConfiguration: { OutputLocation: 's3://results/q/' },
      ...input,
    }),
  );
  return vi.waitFor(async () => {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    expect(['SUCCEEDED', 'FAILED', 'CANCELLED']).toContain(QueryExecution?.Status?.State);
    return QueryExecution;
  });
}

async function rowsOf(text: string): Promise<unknown> {
  const query = await ended(text);
  if (query?.Status?.State !== 'SUCCEEDED') return query?.Status?.StateChangeReason;
  const { ResultSet } = await athena.send(
    new GetQueryResultsCommand({ QueryExecutionId: query.QueryExecutionId, MaxResults: 100 }),
  );
  return ResultSet?.Rows?.slice(1).map((row) => row.Data?.map((each) => each.VarCharValue ?? null));
}

describe('a local query', () => {
  test('reads partitions, nested columns and decimals of a crawled table', async () => {
    expect(
      await rowsOf(
        'SELECT day, sum(CAST(price AS DECIMAL(10, 2))) AS total, cardinality(max(tags)) FROM orders GROUP BY day ORDER BY day',
      ),
    ).toEqual([
      ['2026-11-27', '3.75', '2'],
      ['2026-11-28', '4.00', '0'],
    ]);
    expect(
      await rowsOf(
        "SELECT id, tag FROM orders CROSS JOIN UNNEST(tags) AS t(tag) WHERE day = '2026-11-27' ORDER BY tag",
      ),
    ).toEqual([
      ['1', 'a'],
      ['1', 'b'],
    ]);
  });

  test('reads invalid numbers as null, and skips the header of each file', async () => {
    await ended(
      `CREATE EXTERNAL TABLE IF NOT EXISTS typed (currency string, rate double)
       ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://lake/rates/'
       TBLPROPERTIES ('skip.header.line.count'='1')`,
    );
    expect(await rowsOf('SELECT currency, rate FROM "awsdatacatalog"."sales"."typed" ORDER BY 1')).toEqual([
      ['CHF', null],
      ['EUR', '1.1'],
      ['USD', '1.0'],
    ]);
  });

  test('writes its result as CSV to the requested address', async () => {
    const query = await ended('SELECT 1 AS a, NULL AS b, \'say "hi"\' AS c');
    const address = query?.ResultConfiguration?.OutputLocation ?? '';
    expect(address).toBe(`s3://results/q/${query?.QueryExecutionId}.csv`);
    expect(readFileSync(path.join(home, address.replace('s3://', 's3/')), 'utf8')).toBe(
      '"a","b","c"\n"1",,"say ""hi"""\n',
    );
  });

  test('creates a partitioned table from a query, and inserts into it', async () => {
    const made = `CREATE TABLE totals WITH (format = 'PARQUET', external_location = 's3://lake/totals/',
      partitioned_by = ARRAY['day']) AS SELECT count(*) AS orders, day FROM orders GROUP BY day`;
    expect(await rowsOf(made)).toEqual([]);
    const { Table } = await runtime.clients.glue.send(new GetTableCommand({ DatabaseName: 'sales', Name: 'totals' }));
    expect(Table).toMatchObject({
      PartitionKeys: [{ Name: 'day' }],
      Parameters: { classification: 'parquet' },
      StorageDescriptor: { Columns: [{ Name: 'orders', Type: 'bigint' }] },
    });
    await ended("INSERT INTO totals VALUES (9, '2026-11-29')");
    expect(await rowsOf('SELECT day, orders FROM totals ORDER BY day')).toEqual([
      ['2026-11-27', '2'],
      ['2026-11-28', '1'],
      ['2026-11-29', '9'],
    ]);
    expect(await rowsOf('SHOW PARTITIONS totals')).toHaveLength(3);
    expect(await rowsOf(made)).toMatch(/already exists/);
  });

  test('finds new folders with MSCK REPAIR TABLE, and views by name', async () => {
    put('orders/day=2026-11-29/c.jsonl', '{"Id":4,"price":"1.00"}\n');
    await ended("CREATE OR REPLACE VIEW late AS SELECT id FROM orders WHERE day = '2026-11-29'");
    expect(await rowsOf('SELECT * FROM late')).toEqual([]);
    await ended('MSCK REPAIR TABLE orders');
    expect(await rowsOf('SELECT * FROM late')).toEqual([['4']]);
  });

  test('supports Athena functions that have other names in DuckDB', async () => {
    expect(
      await rowsOf(`SELECT date_format(date_parse('2026-11-28 07:05', '%Y-%m-%d %H:%i'), '%d.%m.%Y %H:%i'),
        json_extract_scalar('{"a":"b"}', '$.a'), element_at(ARRAY[1, 2], 2), approx_distinct(1), regexp_like('abc', 'b')`),
    ).toEqual([['28.11.2026 07:05', 'b', '2', '1', 'true']]);
  });

  test('fails with the reason, and names a statement that is not supported', async () => {
    expect(await rowsOf('SELECT nothing FROM orders')).toMatch(/nothing/);
    expect(await rowsOf('SELECT * FROM missing')).toMatch(/missing/);
    expect(await rowsOf('VACUUM orders')).toBe(
      'VACUUM orders … is not supported locally; Athena on AWS may support it',
    );
  });

  test('replaces question marks with parameters, and recognizes a repeated token', async () => {
    const ClientRequestToken = 'x'.repeat(32);
    const one = await ended('SELECT ? AS a', { ExecutionParameters: ["'it'"], ClientRequestToken });
    const two = await ended('SELECT ? AS a', { ExecutionParameters: ["'it'"], ClientRequestToken });
    expect(two?.QueryExecutionId).toBe(one?.QueryExecutionId);
    await expect(ended('SELECT 2', { ClientRequestToken })).rejects.toThrow(/Idempotent/);
  });

  test('is cancelled by a stop, which frees DuckDB for the next query', async () => {
    const QueryString = 'SELECT max(a.range + b.range) FROM range(10000000) a, range(10000000) b';
    for (let n = 0; n < 3; n++) {
      const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString }));
      await athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
      const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      expect(QueryExecution?.Status?.State).toBe('CANCELLED');
    }
    expect(await rowsOf('SELECT 1')).toEqual([['1']]);
  });

  test('reads no file outside the buckets', async () => {
    expect(await rowsOf("SELECT * FROM read_text('/etc/hostname')")).toMatch(/disabled by configuration/);
  });
});
