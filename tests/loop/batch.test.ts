import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

function pipelineOf(
  fields: object = {},
  report: object = { args: { rows: '{% $tasks.load.output.rows %}' } },
): Pipeline {
  const tasks = {
    load: { batch: 'load', queue: 'spot', args: { run: '{% $run.id %}' }, ...fields },
    report: { 'glue-job': 'report', after: 'load', ...report },
  };
  return pipelineFrom({ pipeline: 'one', tasks });
}

const statusOf = ({ tasks }: SimulatedRun): string => `${tasks.load?.status}, ${tasks.report?.status}`;
const output = { rows: 12 };

test('later tasks read what the job’s container wrote to its address', async () => {
  await simulated([pipelineOf()], { jobs: { spot: { output } } }, async (simulator) => {
    const { tasks } = await playRun(simulator, 'one');
    expect(tasks.report?.jobRuns[0]?.arguments['--rows']).toBe('12');
    expect(simulator.works()).toHaveLength(1);
  });
});

test('an array job is one piece of work', async () => {
  await simulated([pipelineOf({ size: 100 }, {})], {}, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('succeeded, succeeded');
    expect(simulator.works()).toHaveLength(1);
  });
});

test('a failed job is retried as the task says', async () => {
  const pipeline = pipelineOf({ retry: { attempts: 2, delay: '10s' } });
  await simulated([pipeline], { jobs: { spot: [{ state: 'FAILED' }, { output }] } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('succeeded, succeeded');
    expect(simulator.works().map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });
});

test('a job past its timeout is terminated', async () => {
  await simulated([pipelineOf({ timeout: '5m' })], { jobs: { spot: { seconds: 7_200 } } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('timed_out, upstream_failed');
    expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
  });
});

test('two runs may use a queue at once', async () => {
  await simulated([pipelineOf()], { jobs: { spot: { output } } }, async (simulator) => {
    for (const cause of ['x', 'y']) await simulator.startRun({ pipeline: 'one', cause });
    expect(await simulator.finish(['one-x', 'one-y'], 3_600)).toBe(true);
    expect(simulator.works()).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
  });
});

test.each(seeds(12))('each attempt has one job despite all faults, seed %i', async (seed) => {
  const jobs = { spot: { seconds: 120, output } };
  await simulated([pipelineOf()], { seed, faults: { ...everyFault, seed }, jobs }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one', 86_400))).toBe('succeeded, succeeded');
    expect(simulator.works()).toHaveLength(1);
  });
});

test.each(seeds(12))('a stop reaches a job whose start was not answered (seed %i)', async (seed) => {
  const options = { seed, faults: { dying: 0.3, seed }, jobs: { spot: { seconds: 5_000 } } };
  await simulated([pipelineOf()], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.stopRun('one-x');
    expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
    expect(simulator.works().filter(({ state }) => state === 'running')).toEqual([]);
  });
});
