import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetCrawlerCommand, GetPartitionsCommand, GetTablesCommand, StartCrawlerCommand } from '@aws-sdk/client-glue';
import { afterAll, expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';

const home = mkdtempSync(path.join(tmpdir(), 'gluewright-crawls-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('a crawler of the project adds a folder of a local bucket to the catalog', async () => {
  const folder = path.join(home, 's3/landing/orders/day=2026-11-28');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'a.jsonl'), '{"id":1,"price":"1.50"}\n');
  const raw = { name: 'raw', database: 'sales', paths: ['s3://landing/orders/'], tablePrefix: '', exclusions: [] };
  const runtime = await openRuntime({ home, clock: createRealClock(), pipelines: [], jobs: {}, crawlers: { raw } });
  try {
    const { glue } = runtime.clients;
    await glue.send(new StartCrawlerCommand({ Name: 'raw' }));
    await vi.waitFor(async () => {
      const { Crawler } = await glue.send(new GetCrawlerCommand({ Name: 'raw' }));
      expect(Crawler).toMatchObject({ State: 'READY', LastCrawl: { Status: 'SUCCEEDED' } });
    });
    const { TableList } = await glue.send(new GetTablesCommand({ DatabaseName: 'sales' }));
    expect(TableList).toMatchObject([{ Name: 'orders', PartitionKeys: [{ Name: 'day' }] }]);
    const { Partitions } = await glue.send(new GetPartitionsCommand({ DatabaseName: 'sales', TableName: 'orders' }));
    expect(Partitions).toMatchObject([{ Values: ['2026-11-28'] }]);
  } finally {
    await runtime.close();
  }
});
