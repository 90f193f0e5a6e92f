import { GetCrawlerCommand, StartCrawlerCommand, StopCrawlerCommand } from '@aws-sdk/client-glue';
import { describe, expect, test } from 'vitest';
import { startRun } from '../../../shared/actors/start-run.ts';
import { onRunState } from '../../../shared/use-cases/events/on-run-state.ts';
import { startTask } from '../../../shared/use-cases/events/start-task.ts';
import { reconcile } from '../../../shared/use-cases/reconciler/reconcile.ts';
import { jobEnded } from '../world/job-ended.ts';
import { callOf, machine, pipelineOf, taskOf, World } from '../world/world.ts';

/** A run with `count` live job runs of `jobs` jobs, whose execution was just stopped. */
async function stoppedRun(count: number, jobs: number): Promise<World> {
  const tasks = Array.from({ length: count }, (_, index) => taskOf(`t${index}`));
  const world = new World([pipelineOf('orders', { tasks })]);
  const answer = await startRun(world.system, { pipeline: 'orders', cause: 'x' });
  const id = answer.is === 'run' ? answer.run.id : '';
  for (const [index, { name }] of tasks.entries()) {
    const work = { kind: 'glue-job', job: `job-${index % jobs}`, args: {}, inject: true } as const;
    await startTask(world.system, callOf(world.waitWith(name), { run: id, task: name, work }));
  }
  const execution = world.sfn.executions.find(({ name }) => name === id);
  if (execution !== undefined) execution.status = 'ABORTED';
  world.acts = [];
  const executionArn = `${machine.replace('stateMachine', 'execution')}orders:${id}`;
  const change = { executionArn, stateMachineArn: `${machine}orders`, name: id, status: 'ABORTED' };
  await onRunState(world.system, change);
  return world;
}

const stops = ({ acts }: World) => acts.filter((act) => act === 'glue.stop').length;

describe.each([
  [10, 1],
  [100, 1],
  [100, 100],
])('stopping %d running tasks of %d jobs', (count, jobs) => {
  const most = Math.floor((2 * count) / 25) + count;

  test('makes at most 2N/25 + N calls, however often it is checked', async () => {
    const world = await stoppedRun(count, jobs);
    expect(stops(world)).toBe(jobs * Math.ceil(count / jobs / 25));
    for (let sweep = 0; sweep < 3; sweep += 1) {
      world.pass(30);
      await reconcile(world.system);
    }
    expect(stops(world)).toBeLessThanOrEqual(most);
    expect(world.glue.runs.map(({ JobRunState }) => JobRunState)).toEqual(Array(count).fill('STOPPING'));
  });

  test('reads the run once, not once for each task', async () => {
    const world = await stoppedRun(count, jobs);
    const before = stops(world);
    for (const { Id, JobName } of world.glue.runs) {
      world.glue.end(Id, 'STOPPED');
      await jobEnded(world.system, JobName, Id, 'STOPPED');
    }
    expect(stops(world)).toBe(before);
    expect(world.acts.length).toBeLessThan(40 * count);
    expect(await world.open()).toEqual([]);
  });
});

test('a stop that Glue refused is repeated at the next look', async () => {
  const world = await stoppedRun(3, 1);
  for (const run of world.glue.runs) run.JobRunState = 'RUNNING';
  world.pass(30);
  await reconcile(world.system);
  expect(stops(world)).toBe(1);
  world.pass(60);
  await reconcile(world.system);
  expect(world.glue.runs.map(({ JobRunState }) => JobRunState)).toEqual(Array(3).fill('STOPPING'));
});

test('a throttled stop is repeated at the next look, without a pause', async () => {
  const world = await stoppedRun(0, 1);
  expect(stops(world)).toBe(0);
  const throttled = await stoppedRunThrottled();
  expect(throttled.glue.live().map(({ JobRunState }) => JobRunState)).toEqual(['RUNNING']);
  throttled.fault = undefined;
  throttled.pass(1);
  await reconcile(throttled.system);
  expect(throttled.glue.live().map(({ JobRunState }) => JobRunState)).toEqual(['STOPPING']);
});

async function stoppedRunThrottled(): Promise<World> {
  const world = new World();
  const answer = await startRun(world.system, { pipeline: 'orders', cause: 'x' });
  const id = answer.is === 'run' ? answer.run.id : '';
  await startTask(world.system, callOf(world.waitWith('t'), { run: id }));
  world.fault = (name, when) => {
    if (when === 'before' && name === 'glue.stop')
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
  };
  const executionArn = `${machine.replace('stateMachine', 'execution')}orders:${id}`;
  await onRunState(world.system, { executionArn, stateMachineArn: `${machine}orders`, name: id, status: 'ABORTED' });
  return world;
}

test('one sweep checks 400 stopping tasks if a call of Glue takes 100 ms', async () => {
  const world = await stoppedRun(400, 1);
  const before = stops(world);
  // four calls go on at once
  world.fault = (name, when) => {
    if (when === 'before') world.now += name.startsWith('glue.') ? 25 : 1.25;
  };
  const { looked } = await reconcile(world.system);
  expect(looked).toBe(401);
  expect(stops(world)).toBe(before);
});

describe('a crawler names no crawl, so a stop ends whatever it runs', () => {
  const minutesAgo = (world: World, minutes: number) => new Date(world.now - minutes * 60_000);

  test.each([
    ['is stopped, if it is still ours', 'RUNNING', 10, 1],
    ['is left alone, if ours has ended and another runs', 'RUNNING', 0, 0],
    ['is left alone, if it is stopping already', 'STOPPING', 10, 0],
  ] as const)('the crawl %s', async (_, State, lastMinutesAgo, count) => {
    const world = new World();
    const LastCrawl = { Status: 'SUCCEEDED', StartTime: minutesAgo(world, lastMinutesAgo) } as const;
    world.glue.mock.on(StartCrawlerCommand).resolves({});
    world.glue.mock.on(StopCrawlerCommand).resolves({});
    world.glue.mock.on(GetCrawlerCommand).resolves({ Crawler: { State, LastCrawl } });
    await stoppedCrawl(world);
    expect(world.glue.mock.commandCalls(StopCrawlerCommand)).toHaveLength(count);
  });

  test('the crawl is left alone while Glue does not say whose it is, and stopped once it does', async () => {
    const world = new World();
    world.glue.mock.on(StartCrawlerCommand).resolves({});
    world.glue.mock.on(StopCrawlerCommand).resolves({});
    world.glue.mock.on(GetCrawlerCommand).rejects(new Error('no answer'));
    await stoppedCrawl(world);
    expect(world.glue.mock.commandCalls(StopCrawlerCommand)).toHaveLength(0);
    world.glue.mock.on(GetCrawlerCommand).resolves({ Crawler: { State: 'RUNNING' } });
    world.pass(30);
    await reconcile(world.system);
    expect(world.glue.mock.commandCalls(StopCrawlerCommand)).toHaveLength(1);
  });
});

async function stoppedCrawl(world: World): Promise<void> {
  const answer = await startRun(world.system, { pipeline: 'orders', cause: 'x' });
  const id = answer.is === 'run' ? answer.run.id : '';
  const work = { kind: 'crawler', crawler: 'orders', running: 'wait' } as const;
  await startTask(world.system, callOf(world.waitWith('t'), { run: id, work }));
  const executionArn = `${machine.replace('stateMachine', 'execution')}orders:${id}`;
  await onRunState(world.system, { executionArn, stateMachineArn: `${machine}orders`, name: id, status: 'ABORTED' });
}
