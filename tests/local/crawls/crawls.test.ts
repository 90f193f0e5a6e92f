import { DatabaseSync } from 'node:sqlite';
import {
  CreateCrawlerCommand,
  DeleteCrawlerCommand,
  GetCrawlerCommand,
  GlueClient,
  ListCrawlersCommand,
  ListCrawlsCommand,
  StartCrawlerCommand,
  StopCrawlerCommand,
} from '@aws-sdk/client-glue';
import { beforeEach, describe, expect, test } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { createSimulatedCrawls } from '../../../local/crawls/crawl-runner.ts';
import { type Crawls, createCrawls } from '../../../local/crawls/crawls.ts';
import { embeddedRequestHandler } from '../../../local/wire/embedded-request-handler.ts';

const start = Date.UTC(2026, 10, 22, 3);
let clock: VirtualClock;
let events: unknown[];
let crawls: Crawls;
let glue: GlueClient;
let open: () => Crawls;

beforeEach(() => {
  clock = createVirtualClock(start);
  events = [];
  const database = new DatabaseSync(':memory:');
  let ids = 0;
  const raw = { name: 'raw', database: 'sales', paths: ['s3://lake/raw/'], tablePrefix: '', exclusions: [] };
  open = () =>
    createCrawls({
      database,
      clock,
      uuid: () => `crawl-${ids++}`,
      account: '000000000000',
      crawlers: new Map([
        ['raw', raw],
        ['bad', { ...raw, name: 'bad' }],
      ]),
      runner: createSimulatedCrawls(clock, ({ crawler }) =>
        crawler === 'bad' ? { seconds: 5, errorMessage: 'no such bucket' } : { seconds: 60 },
      ),
      emit: ({ detailType, detail }) => events.push([detailType, detail]),
    });
  crawls = open();
  glue = new GlueClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: embeddedRequestHandler({
      json: {
        AWSGlue: {
          get operations() {
            return crawls.operations;
          },
        },
      },
    }),
    maxAttempts: 1,
  });
});

const startRaw = () => glue.send(new StartCrawlerCommand({ Name: 'raw' }));
const rawCrawls = async (input = {}) =>
  (await glue.send(new ListCrawlsCommand({ CrawlerName: 'raw', ...input }))).Crawls ?? [];

describe('a local crawler', () => {
  test('runs one crawl at a time, and sends an event at its start and its end', async () => {
    await startRaw();
    await expect(startRaw()).rejects.toThrow(expect.objectContaining({ name: 'CrawlerRunningException' }));
    expect((await glue.send(new GetCrawlerCommand({ Name: 'raw' }))).Crawler).toMatchObject({ State: 'RUNNING' });
    await clock.run(() => false);
    expect(events).toMatchObject([
      ['Glue Crawler State Change', { crawlerName: 'raw', state: 'Started', startTime: '2026-11-22T03:00:00Z' }],
      ['Glue Crawler State Change', { crawlerName: 'raw', state: 'Succeeded', 'runningTime (sec)': '60' }],
    ]);
    expect((await glue.send(new GetCrawlerCommand({ Name: 'raw' }))).Crawler).toMatchObject({
      State: 'READY',
      LastCrawl: { Status: 'SUCCEEDED' },
    });
    await startRaw();
    expect(await rawCrawls()).toMatchObject([{ State: 'RUNNING' }, { State: 'COMPLETED', CrawlId: 'crawl-0' }]);
  });

  test('reports the reason for a failure in its event and its history', async () => {
    await glue.send(new StartCrawlerCommand({ Name: 'bad' }));
    await clock.run(() => false);
    expect(events.at(-1)).toMatchObject([
      'Glue Crawler State Change',
      { state: 'Failed', errorMessage: 'no such bucket' },
    ]);
    expect((await glue.send(new GetCrawlerCommand({ Name: 'bad' }))).Crawler?.LastCrawl).toMatchObject({
      Status: 'FAILED',
      ErrorMessage: 'no such bucket',
    });
  });

  test('lists a stopped crawl, but sends no event for it', async () => {
    await expect(glue.send(new StopCrawlerCommand({ Name: 'raw' }))).rejects.toThrow(
      expect.objectContaining({ name: 'CrawlerNotRunningException' }),
    );
    await startRaw();
    await glue.send(new StopCrawlerCommand({ Name: 'raw' }));
    expect((await glue.send(new GetCrawlerCommand({ Name: 'raw' }))).Crawler).toMatchObject({ State: 'STOPPING' });
    await clock.run(() => false);
    expect(events).toHaveLength(1);
    expect(await rawCrawls()).toMatchObject([{ State: 'STOPPED' }]);
  });

  test('resumes its crawl in the next process', async () => {
    await startRaw();
    crawls.close();
    crawls = open();
    crawls.recover();
    await clock.run(() => false);
    expect(await rawCrawls()).toMatchObject([{ State: 'COMPLETED', CrawlId: 'crawl-0' }]);
  });

  test('lists its crawls by page and by time', async () => {
    for (let n = 0; n < 5; n++) {
      await startRaw();
      await clock.run(() => false);
    }
    const page = await glue.send(new ListCrawlsCommand({ CrawlerName: 'raw', MaxResults: 3 }));
    expect(page.Crawls?.map((crawl) => crawl.CrawlId)).toEqual(['crawl-4', 'crawl-3', 'crawl-2']);
    const [first] = await rawCrawls({ MaxResults: 3, NextToken: page.NextToken });
    expect(first?.CrawlId).toBe('crawl-1');
    const since = { FieldName: 'START_TIME', FilterOperator: 'GE', FieldValue: String(start + 180_000) };
    expect(await rawCrawls({ Filters: [since] })).toHaveLength(2);
  });

  test('can be created and deleted through the API, unless it belongs to the project', async () => {
    const other = { Name: 'other', Role: 'any', DatabaseName: 'd', Targets: { S3Targets: [{ Path: 's3://lake/x/' }] } };
    await glue.send(new CreateCrawlerCommand(other));
    await expect(glue.send(new CreateCrawlerCommand(other))).rejects.toThrow(
      expect.objectContaining({ name: 'AlreadyExistsException' }),
    );
    expect((await glue.send(new ListCrawlersCommand())).CrawlerNames).toEqual(['raw', 'bad', 'other']);
    await glue.send(new DeleteCrawlerCommand({ Name: 'other' }));
    await expect(glue.send(new DeleteCrawlerCommand({ Name: 'raw' }))).rejects.toThrow(/jobs\/jobs\.yml/);
    await expect(glue.send(new StartCrawlerCommand({ Name: 'other' }))).rejects.toThrow(
      expect.objectContaining({ name: 'EntityNotFoundException' }),
    );
  });
});
