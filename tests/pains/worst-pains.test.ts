import { describe, expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { expectRun } from '../../testing/expect-run.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import { simulate } from '../../testing/simulate.ts';
import { openSimulator } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';

/** The worst problems of people who run Glue pipelines today, worst first. None may happen here. */
type Tasks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function pipelineOf(tasks: Tasks, more: Readonly<Record<string, unknown>> = {}): Pipeline {
  return pipelineFrom({ pipeline: 'orders', ...more, tasks });
}

const job = (after: readonly string[] = [], more: object = {}) => ({
  'glue-job': 'etl',
  ...(after.length === 0 ? {} : { after }),
  ...more,
});
const chain = pipelineOf({ extract: job(), load: job(['extract']), report: job(['load']) });
const seeds = [1, 2, 3, 4, 5, 6];

describe('1. the job runs twice and doubles the data', () => {
  test.each(seeds)('not if starts fail after they took effect (%i)', async (seed) => {
    const run = await simulate(chain, { faults: { seed, failing: 0.3, dying: 0.1, slow: 0.1, doubled: 0.5 } });
    expectRun(run).toHaveSucceeded().toHaveRunNothingTwice();
    expect(run.jobRuns).toHaveLength(3);
  });
});

describe('2. a run waits for ever', () => {
  test('not for a state without an event, nor for a lost event', async () => {
    const run = await simulate(chain, { jobs: { load: { state: 'ERROR' } }, faults: { lost: 1 } });
    expectRun(run).toHaveFailed().tasksToBe('failed', 'load').tasksToBe('upstream_failed', 'report');
    expectRun(run).toTakeAtMost(3_600);
  });
});

describe('3. ConcurrentRunsExceededException, throttling, no queue', () => {
  test('jobs without capacity wait, and use up no attempt', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `part-${index}`);
    const parts = pipelineOf(Object.fromEntries(names.map((name) => [name, job([], { retry: { attempts: 1 } })])));
    const run = await simulate(parts, { maxConcurrentRuns: { etl: 2 }, faults: { throttled: 0.2 } });
    expectRun(run).toHaveSucceeded().toHaveRunNothingTwice();
    expect(run.jobRuns.map(({ attempt }) => attempt)).toEqual(names.map(() => 1));
  });
});

describe('4. rerun only what is needed', () => {
  test('succeeded tasks are kept, and tasks after a fixed one run again', async () => {
    let mended = false;
    const simulator = await openSimulator([chain], {
      jobs: { load: () => ({ state: mended ? 'SUCCEEDED' : 'FAILED' }) },
    });
    await simulator.startRun({ pipeline: 'orders', cause: 'one' });
    await simulator.finish(['orders-one'], 7_200);
    mended = true;
    await simulator.rerun('orders-one', { failed: true });
    await simulator.finish(['orders-one-r2'], 7_200);
    const rerun = await simulator.look('orders-one-r2');
    expectRun(rerun).toHaveSucceeded().notToHaveRun('extract').toHaveRun('load', 1).toHaveRun('report', 1);
    simulator.close();
  });
});

describe('5. events lost, merged, doubled, badly batched', () => {
  test('an object that arrives five times starts one run, and two at once are each in one', async () => {
    const triggers = { arrivals: { s3: { bucket: 'landing', key: '{day}/_SUCCESS' } } };
    const daily = pipelineOf({ load: job() }, { params: { day: { type: 'date' } }, triggers });
    const simulator = await openSimulator([daily], { faults: { doubled: 0.5, delayed: 0.3, lost: 0.2 } });
    for (const day of ['2026-11-20', '2026-11-21', '2026-11-22']) {
      simulator.runtime.s3.put('landing', `${day}/_SUCCESS`, new Uint8Array());
    }
    await simulator.pass(4 * 3_600);
    expect(await simulator.jobRuns()).toHaveLength(3);
    expect(new Set((await simulator.jobRuns()).map(({ run }) => run)).size).toBe(3);
    simulator.close();
  });
});

describe('6. a status that lies', () => {
  test('a run with a failed task has failed, even if later tasks succeeded', async () => {
    const cleaned = pipelineOf({ load: job(), clean: job(['load'], { when: 'all_done' }) });
    const run = await simulate(cleaned, { jobs: { load: { state: 'FAILED' } } });
    expectRun(run).toHaveFailed().tasksToBe('succeeded', 'clean');
  });
});

describe('7. stop does not stop', () => {
  test.each(seeds)('after a stop nothing of the run lives on, despite all faults (%i)', async (seed) => {
    const faults = { ...everyFault, seed };
    const run = await simulate(chain, { jobs: { extract: { seconds: 20_000 } }, faults, stopAfter: 900 });
    expectRun(run).toHaveEnded('ABORTED').notToHaveRun('load', 'report');
    expect(run.settled).toBe(true);
    expect(run.jobRuns.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
  });
});

describe('8. dead time and polling', () => {
  test('the next job starts at the moment when the previous one ends', async () => {
    const run = await simulate(chain, { jobs: { extract: { seconds: 1_234 }, load: { seconds: 567 } } });
    expect(run.tasks.load?.jobRuns[0]?.startedAt).toBe(1_234);
    expectRun(run)
      .toHaveSucceeded()
      .toTakeAtMost(1_234 + 567 + 60);
  });
});

describe('9. payload limits', () => {
  test('an output that is too large fails its task with the reason, not the execution', async () => {
    const read = pipelineOf({
      count: job(),
      use: job(['count'], { args: { rows: '{% $tasks.count.output.rows %}' } }),
    });
    const run = await simulate(read, { jobs: { count: { output: { rows: 'x'.repeat(300_000) } } } });
    expectRun(run).toHaveFailed().tasksToBe('failed', 'count').tasksToBe('upstream_failed', 'use');
  });
});

describe('10. the shape of the DAG', () => {
  test('a task waits only for the tasks that it names', async () => {
    const crossed = pipelineOf({ a: job(), b: job(), c: job(['a']), d: job(['a', 'b']), e: job(['c', 'd']) });
    const run = await simulate(crossed, { jobs: { b: { seconds: 3_000 }, c: { seconds: 100 } } });
    expect(run.tasks.c?.jobRuns[0]?.startedAt).toBe(60);
    expect(run.tasks.d?.jobRuns[0]?.startedAt).toBe(3_000);
    expectRun(run)
      .toHaveSucceeded()
      .toTakeAtMost(3_000 + 60 + 60);
  });
});
