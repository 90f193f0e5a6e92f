import { expect, test } from 'vitest';
import { isJsonObject } from '../../../shared/json.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { onRunState } from '../../../shared/use-cases/events/on-run-state.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../world/world.ts';
import { callApi as call } from './call-api.ts';
import { startOrders } from './start-orders.ts';

const orders = pipelineOf('orders', {
  runs: { max: 100, overlap: 'queue', deadlineSeconds: 7200, onFailure: 'continue' },
  tasks: [taskOf('extract'), taskOf('load', ['extract'])],
});

async function started(world: World, cause: string): Promise<string> {
  const run = await startOrders(world, cause);
  world.now += 1_000;
  return run;
}

async function failed(world: World, cause: string): Promise<string> {
  const run = await started(world, cause);
  await startTask(world.system, callOf(world.waitWith(`token-${cause}`), { run }));
  const id = world.glue.runs.at(-1)?.Id ?? '';
  world.glue.end(id, 'SUCCEEDED');
  await jobEnded(world.system, 'extract', id, 'SUCCEEDED');
  const lost = { load: { error: 'States.QueryEvaluationError' } };
  await finishRun(world.system, { run, pipeline: 'orders', status: 'FAILED', lost });
  const record = await world.ledger.get({ partition: `run#${run}`, sort: 'run' });
  const executionArn = String(record?.value.executionArn);
  await onRunState(world.system, { executionArn, stateMachineArn: `${machine}orders`, name: run, status: 'FAILED' });
  return run;
}

test('failed runs are rerun once by their plan, without those already rerun', async () => {
  const world = new World([orders]);
  const [a, b, c] = [await failed(world, 'a'), await failed(world, 'b'), await failed(world, 'c')];
  await started(world, 'live');
  await call(world, 'POST', `/runs/${b}/rerun`, { failed: true });
  const asked = { failed: true, pipeline: 'orders' };
  const plan = (await call(world, 'POST', '/reruns/plan', asked)).body;
  expect(plan).toMatchObject({
    runs: [
      { run: a, status: 'FAILED', runs: 1, keeps: 1 },
      { run: c, status: 'FAILED' },
    ],
    leftOut: [{ run: b, why: `it has been run again, as ${b}-r2` }],
    more: false,
  });
  expect((await call(world, 'POST', '/reruns', { ...asked, plan: 'another' })).body).toMatchObject({
    problems: ['the plan has changed since'],
    remedy: 'ask for the plan again: POST /reruns/plan',
  });
  expect((await call(world, 'POST', '/reruns', asked)).statusCode).toBe(400);
  // None of these runs has an interval.
  const forDay = { ...asked, for: '2026-11-21T00:00:00Z' };
  expect((await call(world, 'POST', '/reruns/plan', forDay)).body).toMatchObject({ runs: [] });
  const { digest } = plan;
  expect(await call(world, 'POST', '/reruns', { ...asked, plan: digest })).toMatchObject({
    statusCode: 202,
    body: {
      done: [
        { run: a, now: `${a}-r2`, status: 'RUNNING' },
        { run: c, now: `${c}-r2` },
      ],
      refused: [],
    },
  });
  expect((await call(world, 'POST', '/reruns', { ...asked, plan: digest })).statusCode).toBe(409);
});

/** The ledger fails at the third write that creates a run. */
function breaksAtThirdRun(world: World): () => void {
  const { write } = world.ledger;
  let created = 0;
  world.ledger.write = async (changes) => {
    created += changes.filter(({ key, expect }) => key.sort === 'run' && expect === 0).length;
    if (created > 2) throw new Error('crashed');
    return write.call(world.ledger, changes);
  };
  return () => {
    world.ledger.write = write;
  };
}

test('a repeated request continues where a crash stopped the first, even if more runs have failed since', async () => {
  const world = new World([orders]);
  const runs = [await failed(world, 'a'), await failed(world, 'b'), await failed(world, 'c'), await failed(world, 'd')];
  const asked = { failed: true, pipeline: 'orders' };
  const { digest } = (await call(world, 'POST', '/reruns/plan', asked)).body;
  const again = () => call(world, 'POST', '/reruns', { ...asked, plan: digest }, { 'idempotency-key': 'k' });
  const mend = breaksAtThirdRun(world);
  await expect(again()).rejects.toThrow('crashed');
  mend();
  await failed(world, 'later');
  expect((await again()).body).toMatchObject({
    problems: ['the first request with the Idempotency-Key k is still running'],
  });
  world.now += 90_000;
  const whole = { done: runs.map((run) => ({ run, now: `${run}-r2` })), refused: [], more: false };
  expect((await again()).body).toMatchObject(whole);
  expect((await again()).body).toMatchObject(whole);
  expect((await call(world, 'POST', '/reruns', { ...asked, plan: digest })).statusCode).toBe(409);
});

test('a repeated stop request continues where a crash stopped the first', async () => {
  const world = new World([orders]);
  const runs = [await started(world, 'a'), await started(world, 'b'), await started(world, 'c')];
  const { digest } = (await call(world, 'POST', '/stops/plan', { pipeline: 'orders' })).body;
  const again = () => call(world, 'POST', '/stops', { pipeline: 'orders', plan: digest }, { 'idempotency-key': 'k' });
  const { get } = world.ledger;
  world.ledger.get = async (key) => {
    if (key.partition === `run#${runs[1]}`) throw new Error('crashed');
    return get.call(world.ledger, key);
  };
  await expect(again()).rejects.toThrow('crashed');
  world.ledger.get = get;
  await finishRun(world.system, { run: runs[0] ?? '', pipeline: 'orders', status: 'FAILED', lost: {} });
  expect((await again()).body).toMatchObject({ done: runs.map((run) => ({ run })), refused: [] });
});

test('a run that fails after the plan changes the plan, so nothing is done', async () => {
  const world = new World([orders]);
  await failed(world, 'a');
  const asked = { failed: true, pipeline: 'orders' };
  const { digest } = (await call(world, 'POST', '/reruns/plan', asked)).body;
  const later = await failed(world, 'b');
  expect((await call(world, 'POST', '/reruns', { ...asked, plan: digest })).statusCode).toBe(409);
  expect((await call(world, 'GET', `/runs/${later}`)).body).toMatchObject({ started: [] });
});

test('live runs are stopped by their plan', async () => {
  const world = new World([orders]);
  const over = await failed(world, 'over');
  const [a, b] = [await started(world, 'a'), await started(world, 'b')];
  const plan = (await call(world, 'POST', '/stops/plan', { pipeline: 'orders' })).body;
  expect(plan).toMatchObject({ runs: [{ run: a, status: 'RUNNING' }, { run: b }], leftOut: [] });
  const both = { pipeline: 'orders', status: ['FAILED', 'RUNNING'] };
  expect((await call(world, 'POST', '/stops/plan', both)).body).toMatchObject({ leftOut: [{ run: over }] });
  const done = await call(world, 'POST', '/stops', { pipeline: 'orders', plan: plan.digest });
  expect(done.body).toMatchObject({ done: [{ run: a, now: a }, { run: b }] });
  expect((await call(world, 'GET', `/runs/${a}/events`)).body).toMatchObject({ run: a });
});

test('more runs than the limit are done in parts', async () => {
  const world = new World([orders]);
  for (let number = 0; number < 60; number += 1) await started(world, `n${number}`);
  const stopped: unknown[] = [];
  for (;;) {
    const plan = (await call(world, 'POST', '/stops/plan', { pipeline: 'orders' })).body;
    if (!Array.isArray(plan.runs) || plan.runs.length === 0) break;
    expect(plan.more).toBe(stopped.length === 0);
    const { done } = (await call(world, 'POST', '/stops', { pipeline: 'orders', plan: plan.digest })).body;
    for (const each of Array.isArray(done) ? done : []) {
      const run = isJsonObject(each) ? String(each.run) : '';
      stopped.push(run);
      await finishRun(world.system, { run, pipeline: 'orders', status: 'FAILED', lost: {} });
    }
  }
  expect(new Set(stopped).size).toBe(60);
});

test('a selection of all runs ever is refused', async () => {
  const world = new World([orders]);
  expect((await call(world, 'POST', '/reruns/plan', { failed: true })).statusCode).toBe(400);
  expect((await call(world, 'POST', '/stops/plan', { pipeline: 'none' })).statusCode).toBe(404);
});
