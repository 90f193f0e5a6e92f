import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { bury } from '../../../shared/actors/dead-letters.ts';
import { operations } from '../../../shared/api/operations.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { onRunState } from '../../../shared/use-cases/events/on-run-state.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../world/world.ts';
import { callApi as call } from './call-api.ts';
import { startOrders } from './start-orders.ts';

const orders = pipelineOf('orders', {
  triggers: { request: { kind: 'api' }, landing: { kind: 's3', bucket: 'landing', key: '{day}/a.csv' } },
  params: { day: { type: 'string', default: 'today' } },
  runs: { max: 100, overlap: 'queue', deadlineSeconds: 7200, onFailure: 'continue' },
  tasks: [taskOf('extract'), taskOf('load', ['extract'])],
});

test('a paused pipeline’s runs are held until the resume', async () => {
  const world = new World([orders]);
  expect((await call(world, 'POST', '/pipelines/orders/pause')).body).toEqual({ pipeline: 'orders', paused: true });
  const run = await startOrders(world, 'a');
  expect((await call(world, 'GET', `/runs/${run}`)).body).toMatchObject({ waits: 'the pipeline is paused' });
  expect((await call(world, 'GET', '/queues')).body).toMatchObject({
    pipelines: [{ paused: true, queued: [{ run }] }],
  });
  expect((await call(world, 'POST', '/pipelines/orders/resume')).body).toMatchObject({ paused: false });
  expect((await call(world, 'GET', `/runs/${run}`)).body).toMatchObject({ status: 'RUNNING' });
  expect((await call(world, 'POST', '/pipelines/orders/pause', { trigger: 'none' })).statusCode).toBe(404);
});

test('a rerun quotes the digest of its plan', async () => {
  const world = new World([orders]);
  const run = await startOrders(world, 'a');
  const path = `/runs/${run}/rerun`;
  expect((await call(world, 'POST', `${path}-plan`, { failed: true })).statusCode).toBe(409);
  await call(world, 'POST', `/runs/${run}/stop`);
  await onRunState(world.system, {
    executionArn: String((await world.ledger.get({ partition: `run#${run}`, sort: 'run' }))?.value.executionArn),
    stateMachineArn: `${machine}orders`,
    name: run,
    status: 'ABORTED',
  });
  const plan = await call(world, 'POST', `${path}-plan`, { failed: true });
  expect(plan.body).toMatchObject({ rerunOf: run, tasks: [{ name: 'extract', does: 'run' }, { name: 'load' }] });
  expect((await call(world, 'POST', path, { failed: true, plan: 'another' })).statusCode).toBe(409);
  const { digest } = plan.body;
  const key = { 'idempotency-key': 'k' };
  const again = await call(world, 'POST', path, { failed: true, plan: digest }, key);
  expect(again).toMatchObject({
    statusCode: 202,
    headers: { location: `/runs/${run}-r2` },
    body: { run: `${run}-r2` },
  });
  expect((await call(world, 'POST', path, { failed: true, plan: digest }, key)).body).toMatchObject({
    run: `${run}-r2`,
    again: true,
  });
  expect((await call(world, 'GET', `/runs/${run}`)).body).toMatchObject({
    started: [{ run: `${run}-r2`, by: 'rerun' }],
  });
  expect((await call(world, 'GET', `/runs/${run}-r2`)).body).toMatchObject({ startedBy: { run, by: 'rerun' } });
});

test('a dead letter is listed, replayed and dropped', async () => {
  const world = new World([orders]);
  const request = { pipeline: 'orders', cause: 'c', trigger: { kind: 's3' } };
  await bury(world.system, { kind: 'run', request, problems: ['no day'] }, 'one');
  world.now += 1;
  await bury(world.system, { kind: 'message', body: 'x', problems: ['cannot be read'] }, 'two');
  const { letters } = (await call(world, 'GET', '/dead-letters')).body;
  expect(letters).toMatchObject([{ why: 'no day' }, { kind: 'message' }]);
  const [one, two] = Array.isArray(letters) ? letters.map((letter) => isJsonObject(letter) && letter.id) : [];
  expect((await call(world, 'POST', `/dead-letters/${one}/replay`)).body).toMatchObject({ outcome: 'run orders-c' });
  expect((await call(world, 'POST', `/dead-letters/${two}/replay`)).body).toMatchObject({ outcome: 'still failing' });
  expect((await call(world, 'POST', `/dead-letters/${two}/drop`)).body).toEqual({ id: two, dropped: true });
  expect((await call(world, 'GET', '/dead-letters')).body).toEqual({ letters: [] });
  expect((await call(world, 'POST', `/dead-letters/${two}/replay`)).statusCode).toBe(404);
});

test('orphans are listed and stopped', async () => {
  const world = new World([orders]);
  const run = await startOrders(world, 'a');
  await startTask(world.system, callOf(world.waitWith('t'), { run }));
  await finishRun(world.system, { run, pipeline: 'orders', status: 'FAILED', lost: {} });
  expect((await call(world, 'GET', '/orphans')).body).toMatchObject({
    orphans: [{ kind: 'glue-job', work: 'extract', id: 'jr_0001', run, task: 'extract' }],
  });
  expect((await call(world, 'POST', '/orphans/stop')).body).toMatchObject({ stopped: true });
});

test.each([
  '/pipelines',
  '/pipelines/orders',
  '/schedules',
  '/waiting',
  '/batches',
  '/project',
  '/datasets',
  '/queues',
  '/health',
  '/version',
])('%s answers as its schema says', async (path) => {
  const world = new World([orders]);
  await startOrders(world, 'a');
  const { statusCode, body } = await call(world, 'GET', path);
  expect(statusCode).toBe(200);
  const found = operations.find((operation) => operation.path.replace('{pipeline}', 'orders') === path);
  if (found === undefined) throw new Error(path);
  // reading removes fields that the schema does not have
  expect(z.parse(found.answers.shape, body)).toEqual(body);
});

test('the list of pipelines can be limited to one', async () => {
  const world = new World([orders, pipelineOf('other')]);
  expect((await call(world, 'GET', '/pipelines?pipeline=other')).body.pipelines).toMatchObject([{ name: 'other' }]);
  expect((await call(world, 'GET', '/pipelines?pipeline=none')).statusCode).toBe(404);
});

test('an object’s arrivals are found by its address', async () => {
  const world = new World([orders]);
  const { body } = await call(world, 'GET', '/arrivals?object=s3://landing/x/b.csv');
  expect(body).toMatchObject({
    arrivals: [],
    triggers: [{ pipeline: 'orders', trigger: 'landing', why: expect.any(String) }],
  });
  expect((await call(world, 'GET', '/arrivals?object=landing')).statusCode).toBe(400);
});
