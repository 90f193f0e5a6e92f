import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHandler } from '../../../functions/api.ts';
import { openApi } from '../../../shared/api/open-api.ts';
import { operations } from '../../../shared/api/operations.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import { pipelineFrom } from '../../pipeline-from.ts';
import { World } from '../world/world.ts';

const texts = [
  'pipeline: orders\nparams: { day: { type: date }, rows: { type: integer, default: 5 } }\ntriggers: { request: { api: true } }',
  'pipeline: closed',
  'pipeline: days\ntriggers: { request: { api: true } }',
].map(
  (head) =>
    `${head}\ntasks: { load: { glue-job: load${head.includes('days') ? ', args: { day: "{% $interval.start %}" }' : ''} } }\n`,
);

function open() {
  const world = new World();
  const pipelines = texts.map((text) => {
    const pipeline = pipelineFrom(text);
    return { pipeline, stateMachineArn: `arn:aws:states:us-east-1:000000000000:stateMachine:${pipeline.name}` };
  });
  const handler = createHandler({ ...world.system, catalog: createCatalog(pipelines) });
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
    const answer = await handler({
      version: '2.0',
      rawPath: path.split('?')[0],
      rawQueryString: path.split('?')[1] ?? '',
      headers,
      requestContext: { http: { method, path } },
      ...(text === undefined ? {} : { body: text }),
      isBase64Encoded: false,
    });
    const { statusCode, headers: sent, body: got } = answer as Record<string, unknown>;
    return {
      status: Number(statusCode),
      headers: sent as Record<string, string>,
      body: got === '' ? undefined : JSON.parse(String(got)),
    };
  };
  return { world, call };
}

const day = { params: { day: '2026-11-22' } };

test('a run is started, shown and stopped', async () => {
  const { call } = open();
  const started = await call('POST', '/pipelines/orders/runs', day);
  expect(started.status).toBe(202);
  const { location } = started.headers;
  const shown = await call('GET', String(location));
  expect(shown).toMatchObject({ status: 200, body: { status: 'RUNNING', params: { day: '2026-11-22', rows: 5 } } });
  expect((await call('POST', `${location}/stop`)).status).toBe(202);
});

test('the published description is the served one', async () => {
  const published = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));
  // npm run openapi writes it
  expect(published).toEqual(JSON.parse(JSON.stringify(openApi())));
  expect((await open().call('GET', '/openapi.json')).body).toEqual(published);
});

test('the pipelines are listed with their parameters', async () => {
  const { body } = await open().call('GET', '/pipelines');
  expect(body.pipelines[0]).toMatchObject({
    name: 'orders',
    params: [
      { name: 'day', type: 'date', required: true },
      { name: 'rows', type: 'integer', required: false },
    ],
    triggers: [{ name: 'request', kind: 'api', paused: false }],
  });
});

describe('with an Idempotency-Key', () => {
  const key = { 'Idempotency-Key': 'order-7' };

  test('the same body gives the same run', async () => {
    const { call, world } = open();
    const first = await call('POST', '/pipelines/orders/runs', { params: { day: '2026-11-22', rows: 1 } }, key);
    const again = await call('POST', '/pipelines/orders/runs', ' {"params":{"rows":1,"day":"2026-11-22"}}', key);
    expect(again).toMatchObject({ status: 202, body: { run: first.body.run, again: true } });
    expect(world.sfn.executions).toHaveLength(1);
  });

  test('another body is refused', async () => {
    const { call } = open();
    await call('POST', '/pipelines/orders/runs', day, key);
    const other = await call('POST', '/pipelines/orders/runs', { params: { day: '2026-11-23' } }, key);
    expect(other).toMatchObject({ status: 409, headers: { 'content-type': 'application/problem+json' } });
  });

  test('without a key each call starts a run', async () => {
    const { call } = open();
    const [one, two] = [
      await call('POST', '/pipelines/orders/runs', day),
      await call('POST', '/pipelines/orders/runs', day),
    ];
    expect(one.body.run).not.toBe(two.body.run);
  });
});

test.each([
  ['no such path', 'GET', '/', undefined, 404],
  ['no such pipeline', 'POST', '/pipelines/nothing/runs', day, 404],
  ['a name of the language', 'POST', '/pipelines/constructor/runs', day, 404],
  ['an encoded name', 'POST', '/pipelines/orders%2F..%2F/runs', day, 404],
  ['no such run', 'GET', '/runs/none', undefined, 404],
  ['no such run to stop', 'POST', '/runs/none/stop', undefined, 404],
  ['another method', 'DELETE', '/pipelines/orders/runs', undefined, 405],
  ['a pipeline without an API trigger', 'POST', '/pipelines/closed/runs', {}, 403],
  ['a method that the path does not have', 'DELETE', '/runs/none/tasks/load', undefined, 405],
  ['a change of the description', 'PUT', '/openapi.json', {}, 405],
  ['a run with a name of 3,000 characters', 'GET', `/runs/${'a'.repeat(3_000)}`, undefined, 404],
  ['a cursor of another list', 'GET', '/batches/b?cursor=000001764000000', undefined, 400],
  ['two cursors', 'GET', '/runs?cursor=a&cursor=b', undefined, 400],
  ['a body that is not JSON', 'POST', '/pipelines/orders/runs', '{"params":', 400],
  ['a body of another shape', 'POST', '/pipelines/orders/runs', [], 400],
  ['an unknown key', 'POST', '/pipelines/orders/runs', { day: '2026-11-22' }, 400],
  [
    'an interval that ends first',
    'POST',
    '/pipelines/orders/runs',
    { interval: { start: '2026-11-22T00:00:00Z', end: '2026-11-21T00:00:00Z' } },
    409,
  ],
  ['a body of a megabyte', 'POST', '/pipelines/orders/runs', { params: { day: 'x'.repeat(1e6) } }, 413],
  ['no value for a parameter', 'POST', '/pipelines/orders/runs', undefined, 409],
  ['a parameter of the wrong type', 'POST', '/pipelines/orders/runs', { params: { day: '2026-02-30' } }, 409],
  ['an unknown parameter', 'POST', '/pipelines/orders/runs', { params: { ...day.params, __proto: 1 } }, 409],
  ['no interval, and a task that reads it', 'POST', '/pipelines/days/runs', {}, 409],
] as const)('%s is reported to the caller', async (_, method, path, body, status) => {
  const answer = await open().call(method, path, body);
  expect(answer).toMatchObject({ status, body: { status } });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body.problems.length).toBeGreaterThan(0);
});

const denied = (name: string) =>
  Object.assign(new Error('role/api is not authorized to perform: logs:GetLogEvents'), {
    name,
    $metadata: { httpStatusCode: 400 },
  });

test.each([
  ['AccessDeniedException', 502, 'allow the call in the role'],
  ['UnauthorizedOperation', 502, 'allow the call in the role'],
  ['ThrottlingException', 503, 'ask again in a moment'],
])('if AWS answers %s, the caller gets %d with a remedy', async (name, status, remedy) => {
  const { call, world } = open();
  world.ledger.list = async () => Promise.reject(denied(name));
  const answer = await call('GET', '/runs');
  expect(answer).toMatchObject({
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { status, remedy: expect.stringContaining(remedy), detail: expect.stringContaining('logs:GetLogEvents') },
  });
  expect(world.lines).toEqual(status === 502 ? [expect.objectContaining({ message: 'denied' })] : []);
});

test('any other failure remains an error of the function', async () => {
  const { call, world } = open();
  world.ledger.list = async () => Promise.reject(denied('InternalServerError'));
  await expect(call('GET', '/runs')).rejects.toThrow('not authorized');
});

test('an unknown key is named', async () => {
  const { call } = open();
  for (const [body, name] of [
    [{ parms: {} }, 'parms'],
    [{ interval: { start: '2026-11-22T00:00:00Z', end: '2026-11-23T00:00:00Z', zone: 'UTC' } }, 'interval.zone'],
  ] as const) {
    const { body: answer } = await call('POST', '/pipelines/orders/runs', body);
    expect(answer.problems).toContain(`unknown key \`${name}\``);
  }
});

test('no request causes a server error', async () => {
  const { call } = open();
  const path = fc.oneof(
    fc.constant('/pipelines/orders/runs'),
    fc.webPath(),
    fc.string().map((text) => `/runs/${text}`),
    fc
      .tuple(
        fc.constantFrom(...operations.map((operation) => operation.path)),
        fc.constantFrom('orders', '__proto__', 'orders-1', '..'),
        fc.webQueryParameters(),
      )
      .map(([template, name, query]) => `${template.replaceAll(/\{\w+\}/g, name)}?${query}`),
    fc
      .tuple(
        fc.constantFrom('status', 'since', 'until', 'limit', 'cursor', 'pipeline', 'trigger', 'constructor'),
        fc.oneof(fc.string(), fc.integer().map(String), fc.constant('+275760-09-13T00:00:00Z')),
      )
      .map(([name, value]) => `/runs?${name}=${encodeURIComponent(value)}`),
  );
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.json().map((value) => `{"params":${value}}`),
  );
  const headers = fc.record({ 'idempotency-key': fc.string({ unit: 'binary' }) }, { requiredKeys: [] });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('GET', 'POST', 'PUT'), path, body, headers, async (...request) => {
      expect((await call(...request)).status).toBeLessThan(500);
    }),
    { numRuns: 600 },
  );
});
