import { describe, expect, test } from 'vitest';
import { everyFault } from '../../testing/fault-dial.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import type { SimulatorOptions } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

const spark = { role: 'arn:aws:iam::111122223333:role/spark', script: 's3://code/load.py' };
const address = { name: 'GLUEWRIGHT_OUTPUT', value: 's3://outputs/outputs/one-x/work-1.json' };

/** What a script, a container or a statement gives the tasks behind it. */
const rows = { answer: { output: { rows: 12 } }, reads: '{% $tasks.work.output.rows %}', value: '12' };

/** Kinds whose work a service does, any number at once: the task, and the name under which its work is simulated. */
const kinds = [
  {
    kind: 'athena',
    named: 'primary',
    task: { athena: 'SELECT 1', database: 'sales' },
    answer: {},
    reads: '{% $tasks.work.output.result %}',
    value: expect.stringMatching(/^s3:\/\/outputs\/athena\/one-x\/work\/.*\.csv$/),
    input: { QueryString: 'SELECT 1' },
  },
  {
    kind: 'data-quality',
    named: 'orders',
    task: { 'data-quality': 'orders', database: 'sales', table: 'orders', role: 'reader', below: 'succeed' },
    answer: { output: { rules: 4, failed: ['IsComplete "id"'] } },
    reads: '{% $string($tasks.work.output.score) %}',
    value: '0.75',
    input: { RulesetNames: ['orders'] },
  },
  {
    kind: 'ecs',
    named: 'dbt',
    task: { ecs: 'dbt', cluster: 'etl', subnets: 'subnet-1' },
    ...rows,
    input: { overrides: { containerOverrides: [{ environment: expect.arrayContaining([address]) }] } },
  },
  {
    kind: 'emr-serverless',
    named: '00f1982r1uukb925',
    task: { 'emr-serverless': '00f1982r1uukb925', ...spark, args: ['--run', '{% $run.id %}'] },
    ...rows,
    input: { jobDriver: { sparkSubmit: { entryPointArguments: ['--run', 'one-x'] } } },
  },
  {
    kind: 'redshift',
    named: 'dwh',
    task: { redshift: 'CALL publish()', database: 'dev', cluster: 'dwh', user: 'etl' },
    ...rows,
    input: { Sql: 'CALL publish()' },
  },
  {
    kind: 'batch',
    named: 'spot',
    task: { batch: 'load', queue: 'spot', args: { run: '{% $run.id %}' } },
    ...rows,
    input: { jobQueue: 'spot' },
  },
  {
    kind: 'emr-step',
    named: 'j-1',
    task: { 'emr-step': 'j-1', args: ['spark-submit', 's3://code/load.py', '{% $run.id %}'] },
    ...rows,
    input: { HadoopJarStep: { Args: expect.arrayContaining(['s3://code/load.py', 'one-x']) } },
  },
];

const statusOf = ({ tasks }: SimulatedRun): string => `${tasks.work?.status}, ${tasks.report?.status}`;

describe.each(kinds)('a task of the kind $kind', ({ named, task, answer, reads, value, input }) => {
  function pipelineOf(fields: object = {}) {
    const report = { 'glue-job': 'report', after: 'work', args: { value: reads } };
    return pipelineFrom({ pipeline: 'one', runs: { max: 2 }, tasks: { work: { ...task, ...fields }, report } });
  }

  const does = (work: NonNullable<SimulatorOptions['jobs']>[string]) => ({ jobs: { [named]: work } });

  const received = ({ tasks }: SimulatedRun) => tasks.report?.jobRuns[0]?.arguments['--value'];

  test.each([
    ['succeeds', answer, 'succeeded, succeeded'],
    ['fails', { state: 'FAILED' }, 'failed, upstream_failed'],
  ] as const)('whose work %s', async (_, work, expected) => {
    await simulated([pipelineOf()], does(work), async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one'))).toBe(expected);
      expect(simulator.works()).toMatchObject([{ input }]);
    });
  });

  test('passes its output to the tasks behind it', async () => {
    await simulated([pipelineOf()], does(answer), async (simulator) => {
      expect(received(await playRun(simulator, 'one'))).toEqual(value);
      expect(simulator.works()).toHaveLength(1);
    });
  });

  test('begins again after a failure', async () => {
    const pipeline = pipelineOf({ retry: { attempts: 2, delay: '10s' } });
    await simulated([pipeline], does([{ state: 'FAILED' }, answer]), async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one'))).toBe('succeeded, succeeded');
      expect(simulator.works().map(({ state }) => state)).toEqual(['failed', 'succeeded']);
    });
  });

  test('stops work past its timeout', async () => {
    await simulated([pipelineOf({ timeout: '5m' })], does({ seconds: 7_200 }), async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one'))).toBe('timed_out, upstream_failed');
      expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
    });
  });

  test('stops its work if the run is stopped', async () => {
    await simulated([pipelineOf()], does({ seconds: 1_800 }), async (simulator) => {
      await simulator.startRun({ pipeline: 'one', cause: 'x' });
      await simulator.pass(30);
      await simulator.stopRun('one-x');
      expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
      expect(statusOf(await simulator.look('one-x'))).toMatch(/^stopped/);
      expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
    });
  });

  test('works in two runs at once', async () => {
    await simulated([pipelineOf()], does({ seconds: 600, ...answer }), async (simulator) => {
      for (const cause of ['x', 'y']) await simulator.startRun({ pipeline: 'one', cause });
      expect(await simulator.finish(['one-x', 'one-y'], 900)).toBe(true);
      expect(simulator.works()).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
    });
  });

  test.each(seeds(12))('begins its work once despite all faults, seed %i', async (seed) => {
    const options = { seed, faults: { ...everyFault, seed }, ...does({ seconds: 120, ...answer }) };
    await simulated([pipelineOf()], options, async (simulator) => {
      const run = await playRun(simulator, 'one', 86_400);
      expect(statusOf(run)).toBe('succeeded, succeeded');
      expect(received(run)).toEqual(value);
      expect(simulator.works()).toHaveLength(1);
    });
  });

  test.each(seeds(12))('stops work whose start was not answered, seed %i', async (seed) => {
    const options = { seed, faults: { dying: 0.3, seed }, ...does({ seconds: 5_000 }) };
    await simulated([pipelineOf()], options, async (simulator) => {
      await simulator.startRun({ pipeline: 'one', cause: 'x' });
      await simulator.stopRun('one-x');
      expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
      expect(simulator.works().filter(({ state }) => state === 'running')).toEqual([]);
    });
  });
});
