import { expect, test } from 'vitest';
import { startRun } from '../../../shared/actors/start-run.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { readRun } from '../../../shared/views/run/read-run.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, pipelineOf, taskOf, World } from '../world/world.ts';
import { callApi as call } from './call-api.ts';
import { startOrders } from './start-orders.ts';

const orders = pipelineOf('orders', {
  triggers: { request: { kind: 'api' }, landing: { kind: 's3', bucket: 'landing', key: '{day}/a.csv' } },
  params: { day: { type: 'string', default: 'today' } },
  runs: { max: 100, overlap: 'queue', deadlineSeconds: 7200, onFailure: 'continue' },
  tasks: [taskOf('extract'), taskOf('load', ['extract'])],
});

const tasksOf = (body: { readonly tasks?: unknown }): unknown => body.tasks;

test('a live run shows its running tasks, waiting tasks, and tasks between two tries', async () => {
  const world = new World([orders]);
  const run = await startOrders(world, 'a');
  await startTask(world.system, callOf(world.waitWith('t'), { run }));
  const live = await call(world, 'GET', `/runs/${run}`);
  expect(tasksOf(live.body)).toMatchObject([
    { name: 'extract', state: 'running', attempts: [{ kind: 'glue-job', work: 'extract', id: 'jr_0001' }] },
    { name: 'load', state: 'waiting', waitsFor: ['extract'] },
  ]);
  world.glue.end('jr_0001', 'FAILED', 'away');
  await jobEnded(world.system, 'extract', 'jr_0001', 'FAILED');
  expect(tasksOf((await call(world, 'GET', `/runs/${run}`)).body)).toMatchObject([
    { name: 'extract', state: 'retrying', attempts: [{ state: 'failed' }] },
    { name: 'load', state: 'waiting' },
  ]);
  expect((await call(world, 'GET', `/runs/${run}/why`)).body).toMatchObject({
    code: 'tasks-under-way',
    facts: { tasks: [{ name: 'extract', state: 'retrying' }] },
  });
  expect((await call(world, 'GET', `/runs/${run}/why?task=load`)).body).toMatchObject({ code: 'waiting' });
});

test('a run’s answer is byte for byte what show prints', async () => {
  const world = new World([orders]);
  const run = await startOrders(world, 'a');
  await startTask(world.system, callOf(world.waitWith('t'), { run }));
  expect((await call(world, 'GET', `/runs/${run}`)).text).toBe(
    JSON.stringify(await readRun(world.ledger, run, [orders])),
  );
});

test('an unchanged answer is not sent again', async () => {
  const world = new World([orders]);
  await startOrders(world, 'a');
  const { headers } = await call(world, 'GET', '/runs');
  const etag = String(headers.etag);
  expect(await call(world, 'GET', '/runs', undefined, { 'if-none-match': etag })).toMatchObject({
    statusCode: 304,
    text: '',
  });
  await startOrders(world, 'b');
  expect((await call(world, 'GET', '/runs', undefined, { 'if-none-match': etag })).statusCode).toBe(200);
});

test('pages of runs neither lose nor repeat runs while others start', async () => {
  const world = new World([orders]);
  const asked: string[] = [];
  for (let number = 0; number < 12; number += 1) {
    asked.push(await startOrders(world, `n${number}`));
    world.now += number % 3;
  }
  const seen: unknown[] = [];
  let path = '/runs?limit=5';
  for (let page = 0; page < 10; page += 1) {
    const { body } = await call(world, 'GET', path);
    seen.push(...(Array.isArray(body.runs) ? body.runs.map((run) => (isJsonObject(run) ? run.id : run)) : []));
    await startOrders(world, `meanwhile${page}`);
    world.now += 1;
    if (typeof body.next !== 'string') break;
    path = `/runs?limit=5&cursor=${encodeURIComponent(body.next)}`;
  }
  expect(seen.toSorted()).toEqual(asked.toSorted());
});

test('runs are filtered by pipeline, status, trigger, time and interval', async () => {
  const world = new World([orders, pipelineOf('other')]);
  await startOrders(world, 'early');
  world.now += 60_000;
  const at = new Date(world.now).toISOString();
  const late = await startOrders(world, 'late');
  await call(world, 'POST', `/runs/${late}/stop`);
  const interval = { start: '2026-11-21T03:00:00Z', end: '2026-11-22T03:00:00Z' };
  const trigger = { kind: 'schedule', name: 'nightly' };
  await startRun(world.system, { pipeline: 'other', cause: 'x', trigger, interval });
  const ids = async (query: string) => {
    const { runs } = (await call(world, 'GET', `/runs?${query}`)).body;
    return Array.isArray(runs) ? runs.map((run) => (isJsonObject(run) ? run.id : run)) : runs;
  };
  expect(await ids('pipeline=orders')).toEqual([late, 'orders-early']);
  expect(await ids('pipeline=orders&status=RUNNING')).toContain('orders-early');
  expect(await ids('status=FAILED&status=TIMED_OUT')).toEqual([]);
  expect(await ids('trigger=nightly')).toEqual(['other-x']);
  expect(await ids(`until=${at}`)).toEqual(['orders-early']);
  expect(await ids(`since=${at}&trigger=cli`)).toEqual([late]);
  expect(await ids('for=2026-11-21T02:59:59Z')).toEqual([]);
  expect(await ids('for=2026-11-21T03:00:00Z')).toEqual(['other-x']);
  expect(await ids('for=2026-11-22T03:00:00Z')).toEqual([]);
  expect((await call(world, 'GET', '/runs?state=FAILED')).body).toMatchObject({ problems: ['unknown key `state`'] });
});

test('a list of queued runs reads the slots of their pipeline once', async () => {
  const world = new World([pipelineOf('single')]);
  for (const cause of ['a', 'b', 'c', 'd']) {
    await startRun(world.system, { pipeline: 'single', cause, trigger: { kind: 'cli' } });
  }
  const read = keysRead(world);
  const { runs } = (await call(world, 'GET', '/runs')).body;
  expect(runs).toMatchObject([{ waits: expect.any(String) }, { status: 'QUEUED' }, { status: 'QUEUED' }, {}]);
  expect(read).toHaveLength(1);
});

const ofOneRun = ['/runs/RUN/events', '/runs/RUN/tasks/load', '/pipelines/orders/grid?run=RUN'];

test.each(ofOneRun)('%s reads no other runs', async (path) => {
  const world = new World([orders]);
  const run = await startOrders(world, 'a');
  await finishRun(world.system, { run, pipeline: 'orders', status: 'SUCCEEDED', lost: {} });
  const read = keysRead(world);
  expect((await call(world, 'GET', path.replace('RUN', run))).statusCode).toBe(200);
  expect(new Set(read.filter((partition) => partition.startsWith('run#')))).toEqual(new Set([`run#${run}`]));
});

/** The partitions of items that are read from now on. */
function keysRead({ ledger }: World): string[] {
  const read: string[] = [];
  const get = ledger.get.bind(ledger);
  ledger.get = (key) => {
    read.push(key.partition);
    return get(key);
  };
  return read;
}

test('a run’s events are listed in order, and continue from a cursor', async () => {
  const world = new World([orders]);
  const run = await startOrders(world, 'a');
  world.now += 1000;
  await startTask(world.system, callOf(world.waitWith('t'), { run }));
  world.now += 1000;
  world.glue.end('jr_0001', 'SUCCEEDED');
  await jobEnded(world.system, 'extract', 'jr_0001', 'SUCCEEDED');
  const { events } = (await call(world, 'GET', `/runs/${run}/events?wait=9`)).body;
  expect(events).toMatchObject([
    { code: 'run-asked' },
    { code: 'run-started' },
    { code: 'attempt-begun', sentence: 'extract: attempt 1 of the glue job extract began, as jr_0001.' },
    { code: 'attempt-ended', task: 'extract' },
    { code: 'task-ended', sentence: 'extract succeeded.' },
  ]);
  const second = Array.isArray(events) && isJsonObject(events[1]) ? String(events[1].id) : '';
  const rest = (await call(world, 'GET', `/runs/${run}/events?after=${encodeURIComponent(second)}`)).body;
  expect(rest.events).toEqual(Array.isArray(events) ? events.slice(2) : events);
  await finishRun(world.system, { run, pipeline: 'orders', status: 'SUCCEEDED', lost: {} });
  expect((await call(world, 'GET', `/runs/${run}/events`)).body).toMatchObject({ settled: true });
});
