import { expect, test } from 'vitest';
import { createHandler } from '../../../functions/api.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { pipelineOf, World } from '../world/world.ts';

const pipelines = [pipelineOf('orders'), pipelineOf('orders-daily')];

async function open() {
  const world = new World(pipelines);
  for (const pipeline of ['orders', 'orders-daily']) {
    await startRun(world.system, { pipeline, cause: 'a', trigger: { kind: 'cli' } });
  }
  const handler = createHandler(world.system);
  async function call(request: {
    method?: string;
    path: string;
    query?: string;
    body?: unknown;
    authorizer?: unknown;
    scopes?: boolean;
  }) {
    const { method = 'GET', path, query = '', body, authorizer = {}, scopes = true } = request;
    const answer = await handler({
      rawPath: path,
      rawQueryString: query,
      requestContext: { http: { method }, authorizer },
      ...(scopes ? { stageVariables: { readScope: 'gw/read', actScope: 'gw/act' } } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return isJsonObject(answer) ? answer.statusCode : undefined;
  }
  return { world, call };
}

const token = (scope: string) => ({ jwt: { claims: { sub: 'ann', scope }, scopes: null } });

test.each([
  ['gw/read', 'GET', '/runs', 200],
  ['gw/read', 'POST', '/runs/orders-a/stop', 403],
  ['gw/read', 'POST', '/stops/plan', 400],
  ['gw/act', 'GET', '/runs', 200],
  ['gw/act', 'POST', '/runs/orders-a/stop', 202],
  ['', 'GET', '/runs', 403],
  ['', 'GET', '/health', 200],
  ['openid gw/read:orders', 'GET', '/runs/orders-a', 200],
  ['gw/read:orders', 'GET', '/runs/orders-daily-a', 403],
  ['gw/read:orders', 'GET', '/runs', 403],
  ['gw/read:orders', 'GET', '/pipelines/orders', 200],
  ['gw/act:orders', 'POST', '/runs/orders-a/stop', 202],
  ['gw/act:orders', 'POST', '/runs/orders-daily-a/stop', 403],
  ['gw/act:orders', 'POST', '/orphans/stop', 403],
  ['gw/act:orders', 'POST', '/runs/none/stop', 403],
])('a token with the scope “%s” requests %s %s: %d', async (scope, method, path, status) => {
  const { call } = await open();
  expect(await call({ method, path, authorizer: token(scope) })).toBe(status);
});

test('a selection is permitted if it is limited to the token’s pipeline', async () => {
  const { call } = await open();
  const authorizer = token('gw/act:orders');
  const asked = { method: 'POST', path: '/stops', authorizer };
  expect(await call({ ...asked, body: { pipeline: 'orders-daily', plan: 'x' } })).toBe(403);
  expect(await call({ ...asked, body: { pipeline: 'orders', plan: 'x' } })).toBe(409);
  expect(await call({ path: '/runs', query: 'pipeline=orders', authorizer })).toBe(200);
  expect(await call({ path: '/runs', query: 'pipeline=orders&pipeline=orders-daily', authorizer })).toBe(403);
});

test.each([
  ['GET', '/runs'],
  ['GET', '/dead-letters'],
  ['POST', '/orphans/stop'],
])('a pipeline in a body that %s %s ignores does not widen a token', async (method, path) => {
  const { call } = await open();
  const authorizer = token('gw/act:orders');
  expect(await call({ method, path, body: { pipeline: 'orders' }, authorizer })).toBe(403);
});

test('an invalid name is not looked up in the ledger', async () => {
  const { world, call } = await open();
  const asked: string[] = [];
  const get = world.ledger.get.bind(world.ledger);
  world.ledger.get = (key) => {
    asked.push(key.partition);
    return get(key);
  };
  expect(await call({ path: `/runs/${'a'.repeat(3_000)}`, authorizer: token('gw/act:orders') })).toBe(404);
  expect(asked).toEqual([]);
});

test('without scopes in the settings every caller may do everything', async () => {
  const { call } = await open();
  expect(await call({ method: 'POST', path: '/runs/orders-a/stop', authorizer: token(''), scopes: false })).toBe(202);
});

test.each([
  ['GET', '/pipelines/orders/runs/orders-a', 200],
  ['POST', '/pipelines/orders/runs/orders-a/stop', 202],
  ['POST', '/pipelines/orders/runs/orders-daily-a/stop', 404],
  ['GET', '/pipelines/orders/runs/..%2forders-daily-a', 404],
  ['POST', '/pipelines/orders/stops/plan', 200],
  ['POST', '/pipelines/none/stops/plan', 404],
])('below its pipeline’s path, %s %s answers %d', async (method, path, status) => {
  const { call } = await open();
  expect(await call({ method, path, scopes: false })).toBe(status);
});

test('a body cannot name another pipeline than the path', async () => {
  const { call } = await open();
  const path = '/pipelines/orders/stops/plan';
  expect(await call({ method: 'POST', path, body: { pipeline: 'orders-daily' }, scopes: false })).toBe(400);
});

test.each([
  [{ iam: { userArn: 'arn:aws:iam::111122223333:user/ann' } }, 'arn:aws:iam::111122223333:user/ann'],
  [token('gw/act'), 'ann'],
  [{ home: 'the page on this machine' }, 'the page on this machine'],
])('each acting caller is logged, with the result', async (authorizer, caller) => {
  const { world, call } = await open();
  await call({ method: 'POST', path: '/runs/orders-a/stop', authorizer, scopes: false });
  await call({ path: '/runs', authorizer, scopes: false });
  const asked = world.lines.filter((line) => isJsonObject(line) && line.message === 'asked');
  expect(asked).toEqual([{ message: 'asked', method: 'POST', path: '/runs/orders-a/stop', status: 202, caller }]);
});
