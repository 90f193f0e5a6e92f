import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

function pipelineOf(fields: object = {}): Pipeline {
  const tasks = {
    totals: { athena: 'SELECT 1', database: 'sales', ...fields },
    report: { 'glue-job': 'report', after: 'totals', args: { at: '{% $tasks.totals.output.result %}' } },
  };
  return pipelineFrom({ pipeline: 'one', tasks });
}

const statusOf = ({ tasks }: SimulatedRun): string => `${tasks.totals?.status}, ${tasks.report?.status}`;

test.each([
  ['SUCCEEDED', 'succeeded, succeeded'],
  ['FAILED', 'failed, upstream_failed'],
] as const)('a query that ends %s', async (state, expected) => {
  await simulated([pipelineOf()], { jobs: { primary: { state } } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe(expected);
    expect(simulator.works()).toHaveLength(1);
  });
});

test('later tasks can read the address of a query’s result', async () => {
  await simulated([pipelineOf()], {}, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 3_600);
    const { tasks } = await simulator.look('one-x');
    expect(tasks.report?.jobRuns[0]?.arguments['--at']).toMatch(/^s3:\/\/outputs\/athena\/one-x\/totals\/.*\.csv$/);
  });
});

test('a failed query is retried as the task says', async () => {
  const pipeline = pipelineOf({ retry: { attempts: 2, delay: '10s' } });
  await simulated([pipeline], { jobs: { primary: [{ state: 'FAILED' }, {}] } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('succeeded, succeeded');
    expect(simulator.works().map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });
});

test('a query past its timeout is stopped', async () => {
  await simulated([pipelineOf({ timeout: '5m' })], { jobs: { primary: { seconds: 7_200 } } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('timed_out, upstream_failed');
    expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
  });
});

test('stopping the run stops its query', async () => {
  await simulated([pipelineOf()], { jobs: { primary: { seconds: 1_800 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(30);
    await simulator.stopRun('one-x');
    await simulator.finish(['one-x'], 3_600);
    expect(statusOf(await simulator.look('one-x'))).toMatch(/^stopped/);
    expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
  });
});

test.each(seeds(12))('each attempt has one query despite all faults, seed %i', async (seed) => {
  await simulated(
    [pipelineOf()],
    { seed, faults: { ...everyFault, seed }, jobs: { primary: { seconds: 120 } } },
    async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one', 86_400))).toBe('succeeded, succeeded');
      expect(simulator.works()).toHaveLength(1);
    },
  );
});

test.each(seeds(12))('a stop reaches a query whose start was not answered (seed %i)', async (seed) => {
  const options = { seed, faults: { dying: 0.3, seed }, jobs: { primary: { seconds: 5_000 } } };
  await simulated([pipelineOf()], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.stopRun('one-x');
    expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
    expect(simulator.works().filter(({ state }) => state === 'running')).toEqual([]);
  });
});
