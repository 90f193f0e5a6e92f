import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { getTask } from '../../../shared/api/operations/get-task.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../world/world.ts';
import { callApi as call } from './call-api.ts';
import { startOrders } from './start-orders.ts';

const orders = pipelineOf('orders', { tasks: [taskOf('extract'), taskOf('load', ['extract'])] });

test('a run keeps its definition when its pipeline changes', async () => {
  const world = new World([orders]);
  const run = await startOrders(world);
  const before = (await call(world, 'GET', `/runs/${run}/definition`)).body;
  expect(before).toMatchObject({
    exact: true,
    changed: false,
    tasks: [{ name: 'extract' }, { name: 'load', after: ['extract'] }],
  });
  const pipeline = { ...orders, tasks: [taskOf('first'), taskOf('load', ['first'])] };
  const catalog = createCatalog([{ pipeline, stateMachineArn: `${machine}orders` }]);
  const deployed = { ...world, system: { ...world.system, catalog } };
  expect((await call(deployed, 'GET', `/runs/${run}/definition`)).body).toEqual({ ...before, changed: true });
  expect((await call(deployed, 'GET', `/runs/${run}`)).body).toMatchObject({
    changed: true,
    tasks: [{ name: 'extract' }, { name: 'load', waitsFor: ['extract'] }],
  });
  const removed = { ...world, system: { ...world.system, catalog: createCatalog([]) } };
  expect((await call(removed, 'GET', `/runs/${run}/definition`)).body).toMatchObject({ exact: true, changed: true });
});

test('a queued run shows the current definition, and says that it may change', async () => {
  const world = new World([orders]);
  await startOrders(world, 'a');
  const queued = await startOrders(world, 'b');
  expect((await call(world, 'GET', `/runs/${queued}/definition`)).body).toMatchObject({ exact: false });
});

test('a definition of any length is stored once for all its runs', async () => {
  const description = Array.from({ length: 20_000 }, (_, index) => Math.sin(index).toString(36)).join();
  const long = { ...orders, runs: { ...orders.runs, max: 10 }, description };
  const world = new World([long]);
  const ids = [await startOrders(world, 'a'), await startOrders(world, 'b'), await startOrders(world, 'c')];
  const { system } = world;
  const catalog = createCatalog([{ pipeline: { ...long, tasks: [taskOf('other')] }, stateMachineArn: machine }]);
  for (const run of ids) {
    const { body } = await call({ ...world, system: { ...system, catalog } }, 'GET', `/runs/${run}/definition`);
    expect(body).toMatchObject({ description, exact: true, tasks: [{ name: 'extract' }, { name: 'load' }] });
  }
});

test('a task has its arguments, times, output and links', async () => {
  const world = new World([orders]);
  const system = { ...world.system, region: 'eu-west-1' };
  const run = await startOrders(world);
  expect((await call(world, 'GET', `/runs/${run}/tasks/extract`)).body).toMatchObject({
    state: 'waiting',
    attempts: [],
  });
  await startTask(world.system, callOf(world.waitWith('t'), { run, outputLimit: 1_000 }));
  const [job] = world.glue.runs;
  if (job === undefined) throw new Error('no job run');
  job.StartedOn = new Date(world.now + 4_000);
  world.now += 100_000;
  job.CompletedOn = new Date(world.now);
  job.DPUSeconds = 120;
  world.objects.set(`out/outputs/${run}/extract-1.json`, '{"rows": 7}');
  world.glue.end('jr_0001', 'SUCCEEDED');
  await jobEnded(world.system, 'extract', 'jr_0001', 'SUCCEEDED');
  const { body } = await call({ ...world, system }, 'GET', `/runs/${run}/tasks/extract`);
  expect(body).toMatchObject({
    run,
    pipeline: 'orders',
    state: 'succeeded',
    arguments: { day: '2026-11-20' },
    output: { rows: 7 },
    timeoutSeconds: 3_600,
    attempts: [
      {
        queueSeconds: 4,
        startUpSeconds: 36,
        workSeconds: 60,
        dpuSeconds: 120,
        links: {
          console: 'https://eu-west-1.console.aws.amazon.com/gluestudio/home?region=eu-west-1#/job/extract/run/jr_0001',
          log: `/runs/${run}/tasks/extract/log?attempt=1`,
          sparkUi: `/runs/${run}/tasks/extract/spark-ui?attempt=1`,
        },
      },
    ],
    total: { queueSeconds: 4, startUpSeconds: 36, workSeconds: 60, dpuSeconds: 120 },
  });
  expect(z.parse(getTask.answers.shape, body)).toEqual(body);
  // locally no service has pages
  const atHome = (await call(world, 'GET', `/runs/${run}/tasks/extract`)).text;
  expect(atHome).toContain('"links":{"log":');
  expect(atHome).not.toMatch(/console|token/);
  expect((await call(world, 'GET', `/runs/${run}/tasks/none`)).body).toMatchObject({ remedy: 'it has extract, load' });
});

test('the address of Spark’s pages comes from Glue on demand, and Glue’s error is passed on', async () => {
  const world = new World([orders]);
  const run = await startOrders(world);
  const path = `/runs/${run}/tasks/extract/spark-ui`;
  expect((await call(world, 'GET', path)).statusCode).toBe(404);
  await startTask(world.system, callOf(world.waitWith('t'), { run }));
  expect((await call(world, 'GET', path)).statusCode).toBe(404);
  const at = (sparkUi: { readonly url: string } | { readonly problem: string }) =>
    call({ ...world, system: { ...world.system, sparkUi: async () => sparkUi } }, 'GET', path);
  expect(await at({ url: 'https://spark' })).toMatchObject({
    statusCode: 200,
    body: { id: 'jr_0001', url: 'https://spark' },
  });
  expect(await at({ problem: 'a Python shell job' })).toMatchObject({
    statusCode: 409,
    body: { detail: 'a Python shell job' },
  });
});

test('a log is paged by cursor, and exists only for work that has started', async () => {
  const world = new World([orders]);
  const run = await startOrders(world);
  const path = `/runs/${run}/tasks/extract/log`;
  expect((await call(world, 'GET', path)).body).toMatchObject({ detail: 'extract has begun no work' });
  await startTask(world.system, callOf(world.waitWith('t'), { run }));
  const asked: unknown[] = [];
  const readLog = async (wanted: unknown) => {
    asked.push(wanted);
    return { lines: [{ stream: 'output' as const, text: 'x'.repeat(9_000), at: 0 }], next: '1.2.3', after: '1.2.3' };
  };
  const { body } = await call(
    { ...world, system: { ...world.system, readLog } },
    'GET',
    `${path}?from=end&limit=5&search=a%20b&cursor=0.1.2`,
  );
  expect(asked).toEqual([
    { name: 'extract', id: 'jr_0001', from: 'end', limit: 5, search: 'a b', cursor: '0.1.2', live: true },
  ]);
  expect(body).toMatchObject({
    attempt: 1,
    lines: [{ at: '1970-01-01T00:00:00.000Z', text: 'x'.repeat(8_000) }],
    next: '1.2.3',
  });
  const nothing = { ...world, system: { ...world.system, readLog: async () => undefined } };
  expect((await call(nothing, 'GET', path)).body).toMatchObject({ remedy: 'it may have written nothing yet' });
});

test('events are streamed from a cursor to a client that accepts a stream, until the last one', async () => {
  const world = new World([orders]);
  const run = await startOrders(world);
  const accept = { accept: 'text/event-stream' };
  const first = await call(world, 'GET', `/runs/${run}/events`, undefined, accept);
  expect(first).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/event-stream' } });
  expect(first.text).toMatch(/^retry: \d+\n\nid: \S+\ndata: {"id":"[^"]+","at":"[^"]+","code":"run-asked"/);
  expect(first.headers).not.toHaveProperty('etag');
  const last = [...first.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '';
  await finishRun(world.system, { run, pipeline: 'orders', status: 'SUCCEEDED', lost: {} });
  const rest = await call(world, 'GET', `/runs/${run}/events`, undefined, { ...accept, 'last-event-id': last });
  expect(rest.text).toMatch(/"code":"run-ended"[\s\S]*event: settled\ndata: {}\n\n$/);
  const end = [...rest.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '';
  const after = await call(world, 'GET', `/runs/${run}/events`, undefined, { ...accept, 'last-event-id': end });
  expect(after).toMatchObject({ statusCode: 204, text: '' });
});
