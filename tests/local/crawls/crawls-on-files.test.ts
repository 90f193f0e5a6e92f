import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  GetCrawlerCommand,
  GetPartitionsCommand,
  GetTablesCommand,
  ListCrawlsCommand,
  StartCrawlerCommand,
  StopCrawlerCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime, type Runtime } from '../../../local/runtime.ts';

const home = mkdtempSync(path.join(tmpdir(), 'gluewright-crawls-'));
let runtime: Runtime;

beforeAll(async () => {
  const folder = path.join(home, 's3/landing/orders/day=2026-11-28');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'a.jsonl'), '{"id":1,"price":"1.50"}\n');
  const crawler = { name: 'raw', database: 'sales', paths: ['s3://landing/orders/'], tablePrefix: '', exclusions: [] };
  runtime = await openRuntime({ home, clock: createRealClock(), pipelines: [], jobs: {}, crawlers: { raw: crawler } });
});
afterAll(async () => {
  await runtime.close();
  rmSync(home, { recursive: true, force: true });
});

const raw = { Name: 'raw' };

async function lastCrawl(): Promise<string | undefined> {
  const { glue } = runtime.clients;
  return vi.waitFor(async () => {
    const { Crawler } = await glue.send(new GetCrawlerCommand(raw));
    expect(Crawler?.State).toBe('READY');
    return Crawler?.LastCrawl?.Status;
  });
}

test('a crawl that is stopped writes nothing, and frees the crawler for the next one', async () => {
  const { glue } = runtime.clients;
  await glue.send(new StartCrawlerCommand(raw));
  await glue.send(new StopCrawlerCommand(raw));
  expect(await lastCrawl()).toBe('CANCELLED');
  await expect(glue.send(new GetTablesCommand({ DatabaseName: 'sales' }))).rejects.toThrow(/not found/);
  await glue.send(new StartCrawlerCommand(raw));
  expect(await lastCrawl()).toBe('SUCCEEDED');
  const { Crawls } = await glue.send(new ListCrawlsCommand({ CrawlerName: 'raw' }));
  expect(Crawls).toMatchObject([{ State: 'COMPLETED' }, { State: 'STOPPED' }]);
});

test('a crawler of the project adds a folder of a local bucket to the catalog', async () => {
  const { glue } = runtime.clients;
  await glue.send(new StartCrawlerCommand(raw));
  expect(await lastCrawl()).toBe('SUCCEEDED');
  const { TableList } = await glue.send(new GetTablesCommand({ DatabaseName: 'sales' }));
  expect(TableList).toMatchObject([{ Name: 'orders', PartitionKeys: [{ Name: 'day' }] }]);
  const { Partitions } = await glue.send(new GetPartitionsCommand({ DatabaseName: 'sales', TableName: 'orders' }));
  expect(Partitions).toMatchObject([{ Values: ['2026-11-28'] }]);
});
