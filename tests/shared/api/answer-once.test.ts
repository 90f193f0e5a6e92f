import { expect, test } from 'vitest';
import { startRun } from '../../../shared/actors/start-run.ts';
import { answerOnce } from '../../../shared/api/kit/answer-once.ts';
import { answerJson, problem } from '../../../shared/api/kit/api-answer.ts';
import { operations } from '../../../shared/api/operations.ts';
import { pipelineOf, World } from '../world/world.ts';
import { callApi as call } from './call-api.ts';

const done = async () => answerJson(200, { done: true });

test('a repeated key gets the same answer without repeating the request', async () => {
  const world = new World();
  let times = 0;
  const act = async () => answerJson(200, { times: ++times });
  const first = await answerOnce(world.system, 'k', ['stop', 'a'], act);
  world.pass(3_600);
  expect(await answerOnce(world.system, 'k', ['stop', 'a'], act)).toEqual(first);
  expect(await answerOnce(world.system, 'other', ['stop', 'a'], act)).toMatchObject({ body: '{"times":2}' });
  world.pass(24 * 3_600);
  expect(await answerOnce(world.system, 'k', ['stop', 'a'], act)).toMatchObject({ body: '{"times":3}' });
});

test('another request with a used key is refused', async () => {
  const world = new World();
  await answerOnce(world.system, 'k', ['stop', 'a'], done);
  expect(await answerOnce(world.system, 'k', ['stop', 'b'], done)).toMatchObject({ statusCode: 409 });
});

test('a request in progress is not repeated until its caller counts as dead', async () => {
  const world = new World();
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = answerOnce(world.system, 'k', 'r', async () => {
    await promise;
    return done();
  });
  await new Promise(setImmediate);
  const second = await answerOnce(world.system, 'k', 'r', done);
  expect(second).toMatchObject({ statusCode: 409, headers: { 'retry-after': '2' } });
  world.pass(100);
  expect(await answerOnce(world.system, 'k', 'r', done)).toMatchObject({ statusCode: 200 });
  resolve();
  await first;
});

test('a refused or failed request may be repeated', async () => {
  const world = new World();
  const refused = async () => problem(409, ['not now']);
  expect(await answerOnce(world.system, 'k', 'r', refused)).toMatchObject({ statusCode: 409 });
  const away = async () => Promise.reject(new Error('away'));
  await expect(answerOnce(world.system, 'k', 'r', away)).rejects.toThrow('away');
  expect(await answerOnce(world.system, 'k', 'r', done)).toMatchObject({ statusCode: 200 });
});

test('every POST takes a key: it repeats the answer, is idempotent itself, or changes nothing', () => {
  const seen = operations.filter(({ handlesKey }) => handlesKey).map(({ name }) => name);
  const idle = operations.filter(({ plans }) => plans).map(({ name }) => name);
  expect(seen).toEqual(['startRun', 'rerunRun']);
  expect(idle).toEqual(['planRerun', 'planReruns', 'planStops']);
});

test('a repeated stop returns the same runs and stops no later ones', async () => {
  const pipeline = pipelineOf('orders', {
    runs: { max: 9, overlap: 'queue', deadlineSeconds: 60, onFailure: 'continue' },
  });
  const world = new World([pipeline]);
  const start = (cause: string) => startRun(world.system, { pipeline: 'orders', cause, trigger: { kind: 'cli' } });
  await start('a');
  const { digest } = (await call(world, 'POST', '/stops/plan', { pipeline: 'orders' })).body;
  const body = { pipeline: 'orders', plan: digest };
  const key = { 'idempotency-key': 'stop all' };
  expect((await call(world, 'POST', '/stops', body, key)).statusCode).toBe(400);
  const named = { 'idempotency-key': 'stop-all' };
  const first = await call(world, 'POST', '/stops', body, named);
  await start('b');
  expect((await call(world, 'POST', '/stops', body, named)).text).toBe(first.text);
  expect(await call(world, 'POST', '/pipelines/orders/pause', {}, named)).toMatchObject({ statusCode: 409 });
});
