import { expect, test } from 'vitest';
import { startRun } from '../../../shared/actors/start-run.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { onRunState } from '../../../shared/use-cases/events/on-run-state.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../world/world.ts';
import { callApi as call } from './call-api.ts';

const orders = pipelineOf('orders', {
  runs: { max: 100, overlap: 'queue', deadlineSeconds: 7200, onFailure: 'continue' },
  tasks: [taskOf('extract'), taskOf('load', ['extract'])],
});

async function started(world: World, cause: string): Promise<string> {
  const answer = await startRun(world.system, { pipeline: 'orders', cause, trigger: { kind: 'cli' } });
  if (answer.is === 'refused') throw new Error(answer.problems.join());
  world.now += 1_000;
  return answer.run.id;
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

test('what failed is run again by its plan, once, and what has been run again is left out', async () => {
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
    remedy: 'POST /reruns/plan says what would be done now',
  });
  expect((await call(world, 'POST', '/reruns', asked)).statusCode).toBe(400);
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

test('a run that fails between plan and act changes the plan, so that nothing is done', async () => {
  const world = new World([orders]);
  await failed(world, 'a');
  const asked = { failed: true, pipeline: 'orders' };
  const { digest } = (await call(world, 'POST', '/reruns/plan', asked)).body;
  const later = await failed(world, 'b');
  expect((await call(world, 'POST', '/reruns', { ...asked, plan: digest })).statusCode).toBe(409);
  expect((await call(world, 'GET', `/runs/${later}`)).body).toMatchObject({ started: [] });
});

test('what is live is stopped by its plan', async () => {
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

test('more runs than are taken at once are done one part after the other', async () => {
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

test('nobody means all that there ever was', async () => {
  const world = new World([orders]);
  expect((await call(world, 'POST', '/reruns/plan', { failed: true })).statusCode).toBe(400);
  expect((await call(world, 'POST', '/stops/plan', { pipeline: 'none' })).statusCode).toBe(404);
});
