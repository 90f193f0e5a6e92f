import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { type AthenaWork, athena } from '../../../../shared/tasks/athena/athena.ts';
import type { Order } from '../../../../shared/tasks/kind/work-state.ts';
import { readWorkEvent } from '../../../../shared/tasks/kinds.ts';

const { runs } = athena;
const stack = { name: 'test', outputBucket: 'out' };
const order: Order<AthenaWork> = {
  run: 'r1',
  task: 'totals',
  attempt: 1,
  work: { kind: 'athena', query: 'SELECT ?', database: 'sales', workgroup: 'etl', args: [7], result: null },
  timeout: 600,
  since: 0,
  tried: 0,
};

test('a query starts with its attempt’s token, which is long enough for Athena', () => {
  const { call, input } = runs.begin(order, stack);
  expect(call).toBe('athena:StartQueryExecution');
  expect(input).toMatchObject({
    QueryString: 'SELECT ?',
    QueryExecutionContext: { Database: 'sales' },
    WorkGroup: 'etl',
    ExecutionParameters: ['7'],
    ResultConfiguration: { OutputLocation: 's3://out/athena/r1/totals/' },
  });
  expect(input.ClientRequestToken).toMatch(/^.{32,128}$/);
  expect(runs.begin({ ...order, tried: 99 }, stack).input.ClientRequestToken).toBe(input.ClientRequestToken);
  expect(runs.begin({ ...order, attempt: 2 }, stack).input.ClientRequestToken).not.toBe(input.ClientRequestToken);
  const { ClientRequestToken } = runs.begin(order, { ...stack, name: 'other' }).input;
  expect(ClientRequestToken).not.toBe(input.ClientRequestToken);
});

test.each([
  ['is queued', { State: 'QUEUED' }, { is: 'open', says: 'QUEUED' }],
  ['runs', { State: 'RUNNING' }, { is: 'open', says: 'RUNNING' }],
  ['failed', { State: 'FAILED', StateChangeReason: 'no table' }, { is: 'failed', says: 'FAILED', message: 'no table' }],
  ['was cancelled', { State: 'CANCELLED' }, { is: 'stopped', says: 'CANCELLED' }],
  ['has an unknown state', { State: 'PAUSED' }, { is: 'open', says: 'PAUSED' }],
])('a query that %s', (_, Status, state) => {
  expect(runs.ask.read({ QueryExecution: { Status } }, { id: 'q1', stack })).toEqual({ id: 'q1', state, times: {} });
});

test('a query’s output is the address of its result and the bytes read', () => {
  const QueryExecution = {
    ResultConfiguration: { OutputLocation: 's3://out/q1.csv' },
    Status: { State: 'SUCCEEDED', SubmissionDateTime: new Date(1_000), CompletionDateTime: new Date(4_000) },
    Statistics: { DataScannedInBytes: 12, EngineExecutionTimeInMillis: 2_500 },
  };
  expect(runs.ask.read({ QueryExecution }, { id: 'q1', stack })).toEqual({
    id: 'q1',
    state: { is: 'succeeded', says: 'SUCCEEDED', output: { query: 'q1', result: 's3://out/q1.csv', scannedBytes: 12 } },
    times: { startedOn: 1_000, completedOn: 4_000, executionSeconds: 2.5 },
  });
});

test('the documented event ends the query', () => {
  const event: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/events/athena-failed.json`, 'utf8'));
  expect(readWorkEvent(event)).toEqual({
    kind: 'athena',
    name: 'pipelines',
    id: '01234567-89ab-4cde-8f01-23456789abcd',
    state: { is: 'failed', says: 'FAILED', message: 'no such column' },
  });
});

test.each([
  [{ athena: 'SELECT 1' }, ['`tasks.q` has no `database`']],
  [{ athena: 'SELECT ?', database: 'd' }, ['the query has 1 `?`, but `args` has no values']],
  [{ athena: 'SELECT \'?\', "?" -- ?\n, ?', database: 'd', args: [1] }, []],
  [{ athena: 'SELECT 1', database: 'd', workgroup: 'a b' }, ['workgroup']],
  [{ athena: 'SELECT 1', database: 'd', result: '/tmp/x' }, ['result']],
  [{ sql: 'SELECT 1', database: 'd' }, ['athena']],
])('%j in a file', (task, said) => {
  const { problems } = readPipelineValue({ pipeline: 'p', tasks: { q: task } }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
