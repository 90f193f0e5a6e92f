import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { listQueues } from '../../shared/views/queues/list-queues.ts';
import { readRun } from '../../shared/views/run/read-run.ts';
import { whyTask } from '../../shared/views/why/why.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { Simulator } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

const names = (pipeline: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${pipeline}-${index}`);

/** A pipeline of parallel tasks, each with its own job. */
function pipelineOf(name: string, count: number, fields: object = {}, more: object = {}): Pipeline {
  const tasks = Object.fromEntries(
    names(name, count).map((task) => [task, { 'glue-job': task, pool: 'warehouse', ...fields }]),
  );
  return pipelineFrom({ pipeline: name, ...more, tasks });
}

/** The largest number of works that ran at the same time. */
function mostAtOnce(works: readonly { readonly startedAt: number; readonly endedAt?: number }[]): number {
  const running = (time: number) =>
    works.filter(({ startedAt, endedAt = Number.POSITIVE_INFINITY }) => startedAt <= time && time < endedAt).length;
  return Math.max(0, ...works.map(({ startedAt }) => running(startedAt)));
}

const held = async (simulator: Simulator) => (await simulator.pool('warehouse')).held;

const order = async (simulator: Simulator): Promise<string[]> => (await simulator.jobRuns()).map(({ job }) => job);

test('two pipelines share a pool, and the next task gets a free place at once', async () => {
  const pipelines = [pipelineOf('one', 3), pipelineOf('two', 3)];
  await simulated(pipelines, { pools: { warehouse: 2 } }, async (simulator) => {
    for (const pipeline of ['one', 'two']) await simulator.startRun({ pipeline, cause: 'x' });
    await simulator.pass(5);
    expect(await held(simulator)).toBe(2);
    expect(await simulator.finish(['one-x', 'two-x'], 3_600)).toBe(true);
    const runs = await simulator.jobRuns();
    expect(runs).toHaveLength(6);
    expect(mostAtOnce(runs)).toBe(2);
    // Three rounds of two minutes leave no time for waiting for the reconciler.
    expect(Math.max(...runs.map(({ endedAt = 0 }) => endedAt))).toBeLessThan(3 * 60 + 20);
    expect(await held(simulator)).toBe(0);
  });
});

test('tasks of different kinds share a pool', async () => {
  const tasks = {
    crawl: { crawler: 'orders', pool: 'warehouse' },
    ask: { athena: 'select 1', database: 'sales', pool: 'warehouse' },
    load: { 'glue-job': 'load', pool: 'warehouse' },
  };
  await simulated([pipelineFrom({ pipeline: 'one', tasks })], { pools: { warehouse: 1 } }, async (simulator) => {
    expect((await playRun(simulator, 'one')).status).toBe('SUCCEEDED');
    expect(mostAtOnce([...simulator.works(), ...(await simulator.jobRuns())])).toBe(1);
  });
});

test('the task with the higher priority gets the next place', async () => {
  const pipelines = [
    pipelineOf('first', 1),
    pipelineOf('low', 1),
    pipelineOf('high', 1, { priority: 5 }),
    pipelineOf('lowest', 1, {}, { defaults: { priority: -5 } }),
  ];
  await simulated(pipelines, { pools: { warehouse: 1 } }, async (simulator) => {
    for (const pipeline of ['first', 'lowest', 'low', 'high']) {
      await simulator.startRun({ pipeline, cause: 'x' });
      await simulator.pass(2);
    }
    await simulator.finish(['first-x', 'low-x', 'high-x', 'lowest-x'], 3_600);
    expect(await order(simulator)).toEqual(['first-0', 'high-0', 'low-0', 'lowest-0']);
  });
});

test('a live run goes before catch-up runs, and a higher priority goes before both', async () => {
  const pipelines = [
    pipelineOf('first', 1),
    pipelineOf('daily', 1, {}, { runs: { max: 3 } }),
    pipelineOf('urgent', 1, { priority: 1 }),
  ];
  const day = (date: number) => ({
    start: new Date(Date.UTC(2025, 11, date)).toISOString(),
    end: new Date(Date.UTC(2025, 11, date + 1)).toISOString(),
  });
  await simulated(pipelines, { pools: { warehouse: 1 } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'first', cause: 'x' });
    await simulator.pass(2);
    await simulator.startRun({ pipeline: 'daily', cause: 'old', interval: day(28) });
    await simulator.pass(2);
    await simulator.startRun({ pipeline: 'daily', cause: 'new', interval: day(31) });
    await simulator.startRun({ pipeline: 'urgent', cause: 'old', interval: day(28) });
    await simulator.pass(2);
    await simulator.finish(['first-x', 'daily-old', 'daily-new', 'urgent-old'], 3_600);
    const runs = (await simulator.jobRuns()).map(({ run }) => run);
    expect(runs).toEqual(['first-x', 'urgent-old', 'daily-new', 'daily-old']);
  });
});

test('a task that takes two places waits for both, and no smaller task overtakes it', async () => {
  const tasks = {
    small: { 'glue-job': 'small', pool: 'warehouse' },
    large: { 'glue-job': 'large', pool: 'warehouse', places: 2, priority: 1 },
    later: { 'glue-job': 'later', pool: 'warehouse', after: 'opens' },
    opens: { 'glue-job': 'opens' },
  };
  const jobs = { small: { seconds: 300 }, opens: { seconds: 30 } };
  const pipeline = pipelineFrom({ pipeline: 'one', tasks: { ...tasks, large: { ...tasks.large, after: 'opens' } } });
  await simulated([pipeline], { pools: { warehouse: 2 }, jobs }, async (simulator) => {
    expect((await playRun(simulator, 'one')).status).toBe('SUCCEEDED');
    expect(await order(simulator)).toEqual(expect.arrayContaining(['large', 'later']));
    const { small, large, later } = Object.fromEntries((await simulator.jobRuns()).map((run) => [run.job, run]));
    expect(large?.startedAt).toBeGreaterThanOrEqual(small?.endedAt ?? Number.POSITIVE_INFINITY);
    expect(later?.startedAt).toBeGreaterThanOrEqual(large?.endedAt ?? Number.POSITIVE_INFINITY);
  });
});

test('a waiting task gives the reason, and a stop ends it before its work begins', async () => {
  const pipelines = [pipelineOf('one', 1), pipelineOf('two', 1)];
  const jobs = { 'one-0': { seconds: 600 } };
  await simulated(pipelines, { pools: { warehouse: 1 }, jobs }, async (simulator) => {
    for (const pipeline of ['one', 'two']) {
      await simulator.startRun({ pipeline, cause: 'x' });
      await simulator.pass(2);
    }
    const view = await readRun(simulator.runtime.system.ledger, 'two-x', pipelines);
    expect(view?.tasks[0]).toMatchObject({
      state: 'queued',
      attempts: [{ reason: 'pool warehouse is full (1 of 1)' }],
    });
    const shown = view?.tasks[0];
    expect(view && shown && whyTask(view, shown, Date.parse(shown.startedAt ?? '') + 120_000).sentence).toBe(
      'two-0 has waited 2m 00s for a place: pool warehouse is full (1 of 1).',
    );
    const { pools } = await listQueues(simulator.runtime.system.ledger, pipelines, { warehouse: 1 });
    expect(pools).toMatchObject([
      {
        pool: 'warehouse',
        places: 1,
        held: 1,
        holders: [{ run: 'one-x', task: 'one-0', places: 1 }],
        waiting: [{ run: 'two-x', task: 'two-0', places: 1, priority: 0, catchUp: false }],
        more: false,
      },
    ]);
    await simulator.stopRun('two-x');
    expect(await simulator.finish(['two-x'], 120)).toBe(true);
    expect(await order(simulator)).toEqual(['one-0']);
    expect(await simulator.finish(['one-x'], 1_200)).toBe(true);
    expect(await held(simulator)).toBe(0);
  });
});

test('a deadline ends a wait for a place', async () => {
  const pipelines = [pipelineOf('one', 1), pipelineOf('two', 1, { deadline: '5m' })];
  const jobs = { 'one-0': { seconds: 1_200 } };
  await simulated(pipelines, { pools: { warehouse: 1 }, jobs }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(2);
    const { tasks } = await playRun(simulator, 'two', 600);
    expect(tasks['two-0']).toMatchObject({ status: 'timed_out' });
    expect(await order(simulator)).toEqual(['one-0']);
  });
});

test.each([
  ['smaller', { warehouse: 1 }, 1],
  ['larger', { warehouse: 4 }, 4],
  ['removed', {}, 6],
] as const)('a deployment can leave a pool %s', async (_, pools, most) => {
  const pipelines = [pipelineOf('one', 8)];
  const jobs = Object.fromEntries(names('one', 8).map((task) => [task, { seconds: 100 }]));
  await simulated(pipelines, { pools: { warehouse: 2 }, jobs }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(20);
    const { catalog } = simulator.runtime.system;
    expect(catalog.pools).toEqual({ warehouse: 2 });
    const described = Object.fromEntries(
      Object.keys(jobs).map((name) => [name, { name, type: 'glueetl' as const, args: {}, maxConcurrentRuns: 100 }]),
    );
    await simulator.runtime.deploy({ pipelines, jobs: described, pools });
    expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
    const runs = await simulator.jobRuns();
    expect(runs).toHaveLength(8);
    expect(mostAtOnce(runs.filter(({ startedAt }) => startedAt > 20))).toBe(most);
    expect(await held(simulator)).toBe(0);
  });
});

test('each of many waiting tasks gets its place', async () => {
  const pipelines = [pipelineOf('one', 100)];
  await simulated(pipelines, { pools: { warehouse: 7 } }, async (simulator) => {
    expect((await playRun(simulator, 'one', 7_200)).status).toBe('SUCCEEDED');
    const runs = await simulator.jobRuns();
    expect(runs).toHaveLength(100);
    expect(mostAtOnce(runs)).toBe(7);
    expect(await held(simulator)).toBe(0);
  });
});

test.each(seeds(12))('with every fault and seed %i, no more works run than the pool has places', async (seed) => {
  const pipelines = [pipelineOf('one', 4, { retry: { attempts: 2, delay: '10s' } }), pipelineOf('two', 3)];
  const options = { pools: { warehouse: 2 }, seed, faults: { ...everyFault, seed } };
  await simulated(pipelines, { ...options, jobs: { 'one-1': [{ state: 'FAILED' }, {}] } }, async (simulator) => {
    for (const pipeline of ['one', 'two']) await simulator.startRun({ pipeline, cause: 'x' });
    await simulator.pass(200);
    if (seed % 3 === 0) await simulator.stopRun('two-x');
    expect(await simulator.finish(['one-x', 'two-x'], 48 * 3_600)).toBe(true);
    expect(mostAtOnce(await simulator.jobRuns())).toBeLessThanOrEqual(2);
    expect(await held(simulator)).toBe(0);
    expect((await simulator.look('one-x')).status).toBe('SUCCEEDED');
  });
});
