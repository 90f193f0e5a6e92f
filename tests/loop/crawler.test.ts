import { StartCrawlerCommand, StopCrawlerCommand } from '@aws-sdk/client-glue';
import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { Simulator } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { seeds, simulated } from './simulated.ts';

function pipelineOf(name: string, fields: object = {}): Pipeline {
  const tasks = {
    catalog: { crawler: 'orders', ...fields },
    report: { 'glue-job': 'report', after: 'catalog' },
  };
  return pipelineFrom({ pipeline: name, tasks });
}

async function statusOf(simulator: Simulator, run: string): Promise<string> {
  const { tasks } = await simulator.look(run);
  return `${tasks.catalog?.status}, ${tasks.report?.status}`;
}

test.each([
  ['SUCCEEDED', 'succeeded, succeeded'],
  ['FAILED', 'failed, upstream_failed'],
] as const)('a crawl that ends %s', async (state, expected) => {
  await simulated([pipelineOf('one')], { jobs: { orders: { state } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
    expect(await statusOf(simulator, 'one-x')).toBe(expected);
    expect(simulator.works()).toHaveLength(1);
  });
});

test('a failed crawl is retried as the task says', async () => {
  const pipelines = [pipelineOf('one', { retry: { attempts: 2, delay: '10s' } })];
  await simulated(pipelines, { jobs: { orders: [{ state: 'FAILED' }, {}] } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 3_600);
    expect(await statusOf(simulator, 'one-x')).toBe('succeeded, succeeded');
    expect(simulator.works().map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });
});

test('two pipelines that share a crawler get one crawl each, in turn', async () => {
  await simulated([pipelineOf('one'), pipelineOf('two')], { jobs: { orders: { seconds: 300 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.startRun({ pipeline: 'two', cause: 'x' });
    await simulator.finish(['one-x', 'two-x'], 3_600);
    expect(await statusOf(simulator, 'one-x')).toBe('succeeded, succeeded');
    expect(await statusOf(simulator, 'two-x')).toBe('succeeded, succeeded');
    const [first, second, ...more] = simulator.works();
    expect(more).toEqual([]);
    expect(second?.startedAt).toBeGreaterThanOrEqual(first?.endedAt ?? Number.POSITIVE_INFINITY);
    // admitted by the end of the first, not by a look
    expect((second?.startedAt ?? 0) - (first?.endedAt ?? 0)).toBeLessThan(5);
  });
});

test.each([
  ['wait', 'succeeded', 2],
  ['join', 'succeeded', 1],
  ['fail', 'failed', 1],
] as const)('if the crawler is already running, a task with %s has %s', async (running, status, count) => {
  await simulated([pipelineOf('one', { running })], { jobs: { orders: { seconds: 300 } } }, async (simulator) => {
    await simulator.runtime.clients.glue.send(new StartCrawlerCommand({ Name: 'orders' }));
    await simulator.pass(30);
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 3_600);
    const { tasks } = await simulator.look('one-x');
    expect(tasks.catalog?.status).toBe(status);
    expect(simulator.works()).toHaveLength(count);
    if (running === 'join') expect(tasks.report?.jobRuns[0]?.startedAt).toBeLessThan(310);
    if (running === 'fail') expect(tasks.catalog).toMatchObject({ error: 'Gluewright.StartRefused' });
  });
});

test('a task that joined another run’s crawl neither stops it nor is stopped with it', async () => {
  const pipelines = [pipelineOf('one'), pipelineOf('two', { running: 'join' })];
  await simulated(pipelines, { jobs: { orders: { seconds: 600 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(30);
    await simulator.startRun({ pipeline: 'two', cause: 'x' });
    await simulator.pass(30);
    await simulator.stopRun('two-x');
    await simulator.finish(['one-x', 'two-x'], 3_600);
    expect(await statusOf(simulator, 'two-x')).toMatch(/^stopped/);
    expect(await statusOf(simulator, 'one-x')).toBe('succeeded, succeeded');
    expect(simulator.works()).toMatchObject([{ state: 'succeeded' }]);
  });
});

test('stopping a run stops its crawl, although a stopped crawl sends no event', async () => {
  await simulated([pipelineOf('one')], { jobs: { orders: { seconds: 3_000 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(60);
    await simulator.stopRun('one-x');
    expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
    const [only] = simulator.works();
    expect(only).toMatchObject({ state: 'stopped' });
    expect(only?.endedAt).toBeLessThan(120);
  });
});

test('a late stop does not stop a newer crawl of somebody else', async () => {
  const options = { jobs: { orders: { seconds: 60 } }, faults: { lost: 1 }, reconcileSeconds: 3_600 };
  await simulated([pipelineOf('one')], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(90);
    await simulator.runtime.clients.glue.send(new StartCrawlerCommand({ Name: 'orders' }));
    await simulator.pass(10);
    await simulator.stopRun('one-x');
    await simulator.finish(['one-x'], 7_200);
    expect(await statusOf(simulator, 'one-x')).toMatch(/^succeeded/);
    expect(simulator.works()).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
  });
});

test('a cancelled crawl fails the task', async () => {
  await simulated([pipelineOf('one')], { jobs: { orders: { seconds: 3_000 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(60);
    await simulator.runtime.clients.glue.send(new StopCrawlerCommand({ Name: 'orders' }));
    await simulator.finish(['one-x'], 3_600);
    expect(await statusOf(simulator, 'one-x')).toBe('stopped, upstream_failed');
  });
});

test('a crawl past its timeout is stopped, since Glue has no timeout for crawls', async () => {
  const pipelines = [pipelineOf('one', { timeout: '10m' })];
  await simulated(pipelines, { jobs: { orders: { seconds: 30_000 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 7_200);
    const { tasks } = await simulator.look('one-x');
    expect(tasks.catalog).toMatchObject({ status: 'timed_out', error: 'Glue.CrawlTimedOut' });
    expect(simulator.works()[0]?.endedAt).toBeLessThanOrEqual(660);
  });
});

test('a task with join that is invoked twice at once owns its crawl, and stops it at its timeout', async () => {
  const options = { jobs: { orders: { seconds: 30_000 } }, faults: { doubled: 1 } };
  await simulated([pipelineOf('one', { running: 'join', timeout: '10m' })], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 7_200);
    expect(await statusOf(simulator, 'one-x')).toMatch(/^timed_out/);
    expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
  });
});

test.each(seeds(12))(
  'with every fault at once, each run ends with a crawl that began after its request (seed %i)',
  async (seed) => {
    const faults = { ...everyFault, seed };
    const pipelines = [
      pipelineOf('one', { retry: { attempts: 3, delay: '10s' } }),
      pipelineOf('two', { running: 'join' }),
    ];
    const options = {
      seed,
      faults,
      jobs: { orders: [{ seconds: 200 }, { seconds: 90, state: 'FAILED' }, {}] },
    } as const;
    await simulated(pipelines, options, async (simulator) => {
      const runs = ['one-a', 'two-a'];
      await simulator.startRun({ pipeline: 'one', cause: 'a' });
      await simulator.startRun({ pipeline: 'two', cause: 'a' });
      expect(await simulator.finish(runs, 86_400)).toBe(true);
      for (const run of runs)
        expect(await statusOf(simulator, run)).toMatch(/^(succeeded, succeeded|failed, upstream_failed)$/);
      await simulator.pass(1_200);
      const all = simulator.works();
      expect(all.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
      // at most two attempts of the first and one of the second; a lost answer may cost one more each
      expect(all.length).toBeLessThanOrEqual(5);
    });
  },
);
