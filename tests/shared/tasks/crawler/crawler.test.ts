import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { crawler } from '../../../../shared/tasks/crawler/crawler.ts';
import type { Order } from '../../../../shared/tasks/kind/work-state.ts';
import { readWorkEvent } from '../../../../shared/tasks/kinds.ts';

const { runs } = crawler;
const tried = Date.parse('2026-11-20T04:00:00Z');
const stack = { name: 'test', outputBucket: 'out' };
const order: Order<{ kind: 'crawler'; crawler: string; running: 'wait' }> = {
  run: 'r1',
  task: 'catalog',
  attempt: 1,
  work: { kind: 'crawler', crawler: 'orders', running: 'wait' },
  timeout: 3600,
  since: tried - 60_000,
  tried,
};
const id = runs.begun({}, order);
const at = (seconds: number): Date => new Date(tried + seconds * 1_000);

test('a crawl is identified by its start and its task', () => {
  expect(id).toBe('2026-11-20T04:00:00.000Z/r1/catalog');
  expect(runs.begin(order)).toEqual({ call: 'glue:StartCrawler', input: { Name: 'orders' } });
});

test.each([
  ['is still running', { State: 'RUNNING' }, { is: 'open', says: 'RUNNING' }],
  ['was told to stop', { State: 'STOPPING' }, { is: 'open', says: 'STOPPING', stopping: true }],
  ['succeeded', { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime: at(2) } }, { is: 'succeeded' }],
  [
    'failed',
    { State: 'READY', LastCrawl: { Status: 'FAILED', StartTime: at(2), ErrorMessage: 'no access' } },
    { is: 'failed', says: 'FAILED', message: 'no access' },
  ],
  ['was cancelled', { State: 'READY', LastCrawl: { Status: 'CANCELLED', StartTime: at(2) } }, { is: 'stopped' }],
  [
    'succeeded, and the next one runs',
    { State: 'RUNNING', LastCrawl: { Status: 'SUCCEEDED', StartTime: at(2) } },
    { is: 'succeeded' },
  ],
  [
    'is running, after one that had started before',
    { State: 'RUNNING', LastCrawl: { Status: 'FAILED', StartTime: at(-600) } },
    { is: 'open', says: 'RUNNING' },
  ],
  [
    'is running, just after another one has ended',
    { State: 'RUNNING', LastCrawl: { Status: 'FAILED', StartTime: at(-0.3) } },
    { is: 'open', says: 'RUNNING' },
  ],
  [
    'has succeeded, if the clock is behind and nothing runs',
    { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime: at(-2) } },
    { is: 'succeeded' },
  ],
  ['has an unknown state', { State: 'PAUSED' }, { is: 'open', says: 'PAUSED' }],
])('a crawl that %s', (_, Crawler, state) => {
  expect(runs.ask.read({ Crawler }, { id, stack })).toMatchObject({ id, state });
});

test('a ready crawler with only older crawls has no such crawl', () => {
  const Crawler = { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime: at(-600) } };
  expect(runs.ask.read({ Crawler }, { id, stack })).toBe('gone');
});

test('an unanswered start is found by a crawl that began then, not by an older one', () => {
  const Crawls = [
    { State: 'COMPLETED', StartTime: at(1), EndTime: at(61), DPUHour: 0.5 },
    { State: 'FAILED', StartTime: at(-600) },
  ];
  const { items, next } = runs.find.read({ Crawls, NextToken: 'more' }, order);
  expect(next).toBeUndefined();
  expect(items).toMatchObject([
    {
      id: '2026-11-20T04:00:01.000Z/r1/catalog',
      state: { is: 'succeeded' },
      times: { executionSeconds: 60, dpuSeconds: 1800 },
    },
  ]);
});

test('a join takes the running crawl, however old, and no other', () => {
  const Crawls = [
    { State: 'RUNNING', StartTime: at(-600) },
    { State: 'COMPLETED', StartTime: at(-1200) },
  ];
  expect(runs.find.read({ Crawls }, { ...order, joins: true }).items).toMatchObject([
    { id: '2026-11-20T03:50:00.000Z/r1/catalog', state: { is: 'open' } },
  ]);
  expect(runs.find.read({ Crawls: Crawls.slice(1) }, { ...order, joins: true }).items).toEqual([]);
});

test('the documented event names the crawler, not the crawl', () => {
  const event: unknown = JSON.parse(readFileSync(new URL('events/crawler-succeeded.json', import.meta.url), 'utf8'));
  expect(readWorkEvent(event)).toEqual({
    kind: 'crawler',
    name: 'orders',
    state: { is: 'succeeded', says: 'Succeeded' },
  });
});

test.each([
  ['Started', { is: 'open' }],
  ['Failed', { is: 'failed', message: 'no access' }],
  ['Cancelled', { is: 'stopped' }],
])('an event that says %s', (state, expected) => {
  const detail = { crawlerName: 'orders', state, errorMessage: 'no access' };
  const event = { source: 'aws.glue', 'detail-type': 'Glue Crawler State Change', detail };
  expect(readWorkEvent(event)).toMatchObject({ name: 'orders', state: expected });
});

function problemsOf(task: object, more: object = {}): string[] {
  const { problems } = readPipelineValue({ pipeline: 'p', tasks: { catalog: task, ...more } }, 'p.yml');
  return problems.map(({ message, remedy }) => `${message}; ${remedy}`);
}

test('its file is checked', () => {
  expect(problemsOf({ crawler: 'orders' })).toEqual([]);
  expect(problemsOf({ crawler: '' })[0]).toContain('the name of a Glue crawler');
  expect(problemsOf({ crawler: 'orders', running: 'queue' })[0]).toMatch(/`wait`, `join`/);
  expect(problemsOf({ 'glue-crawler': 'orders' })[0]).toContain('write `crawler: orders`');
  const reads = { 'glue-job': 'report', after: 'catalog', args: { tables: '{% $tasks.catalog.output.tables %}' } };
  expect(problemsOf({ crawler: 'orders' }, { reads })[0]).toContain('a crawler only writes tables');
});
