import { describe, expect, test } from 'vitest';
import { everyFault } from '../../testing/fault-dial.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import type { SimulatorOptions } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

const getItem = { TableName: 'rates', Key: { of: { S: '{% $params.currency %}' } }, AttributesToGet: ['rate'] };

/** Kinds of native work: a state of the machine does it. */
const kinds = [
  {
    kind: 'lambda',
    named: 'fetch-rates',
    task: { lambda: 'fetch-rates', args: { of: '{% $params.currency %}' } },
    rate: '{% $string($tasks.rates.output.rate) %}',
    answer: { output: { rate: 1.1 } },
    input: { of: 'EUR' },
  },
  {
    kind: 'aws',
    named: 'dynamodb:getItem',
    task: { aws: 'dynamodb:getItem', args: getItem, resources: ['table/rates'] },
    rate: '{% $string($tasks.rates.output.Item.rate.N) %}',
    answer: { output: { Item: { rate: { N: '1.1' } } } },
    input: { ...getItem, Key: { of: { S: 'EUR' } } },
  },
];

const statusOf = ({ tasks }: SimulatedRun): string => `${tasks.rates?.status}, ${tasks.report?.status}`;

describe.each(kinds)('a task of the kind $kind', ({ named, task, rate, answer, input }) => {
  function pipelineOf(fields: object = {}, runs: object = {}) {
    const tasks = {
      rates: { ...task, ...fields },
      report: { 'glue-job': 'report', after: 'rates', args: { rate } },
    };
    const params = { currency: { type: 'string', default: 'EUR' } };
    return pipelineFrom({ pipeline: 'one', params, runs, tasks });
  }

  const does = (work: NonNullable<SimulatorOptions['jobs']>[string]) => ({ jobs: { [named]: work } });

  test.each([
    ['answers', {}, answer, 'succeeded, succeeded'],
    ['fails', {}, { state: 'FAILED' }, 'failed, upstream_failed'],
    ['fails and is tolerated', { tolerate: true }, { state: 'FAILED' }, 'failed, skipped'],
    ['takes longer than its timeout', { timeout: '2m' }, { seconds: 300 }, 'timed_out, upstream_failed'],
    ['takes longer than the deadline', { deadline: '2m' }, { seconds: 300 }, 'timed_out, upstream_failed'],
  ] as const)('whose work %s', async (_, fields, work, expected) => {
    await simulated([pipelineOf(fields)], does(work), async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one'))).toBe(expected);
      expect(simulator.works()).toMatchObject([{ input }]);
    });
  });

  test('passes its answer to later tasks', async () => {
    await simulated([pipelineOf()], does(answer), async (simulator) => {
      const { tasks } = await playRun(simulator, 'one');
      expect(tasks.report?.jobRuns[0]?.arguments['--rate']).toBe('1.1');
    });
  });

  test('is retried as often as `retry` says', async () => {
    const pipeline = pipelineOf({ retry: { attempts: 3, delay: '10s' } });
    await simulated([pipeline], does([{ state: 'FAILED' }, { state: 'FAILED' }, answer]), async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one'))).toBe('succeeded, succeeded');
      expect(simulator.works()).toHaveLength(3);
    });
  });

  test('begins no work if its `if` is false', async () => {
    await simulated([pipelineOf({ if: '{% false %}' })], {}, async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one'))).toBe('skipped, skipped');
      expect(simulator.works()).toEqual([]);
    });
  });

  test('ends at once if the run is stopped', async () => {
    await simulated([pipelineOf()], does({ seconds: 600 }), async (simulator) => {
      await simulator.startRun({ pipeline: 'one', cause: 'x' });
      await simulator.pass(30);
      await simulator.stopRun('one-x');
      expect(await simulator.finish(['one-x'], 120)).toBe(true);
      expect(statusOf(await simulator.look('one-x'))).toMatch(/^stopped/);
    });
  });

  test('ends a run that stops on failures', async () => {
    await simulated([pipelineOf({}, { onFailure: 'stop' })], does({ state: 'FAILED' }), async (simulator) => {
      expect(await playRun(simulator, 'one')).toMatchObject({
        status: 'FAILED',
        tasks: { rates: { status: 'failed' } },
      });
    });
  });

  test.each(seeds(12))('has one outcome despite all faults, seed %i', async (seed) => {
    const options = { seed, faults: { ...everyFault, seed }, ...does({ seconds: 120, ...answer }) };
    await simulated([pipelineOf()], options, async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one', 86_400))).toBe('succeeded, succeeded');
      expect(simulator.works()).toHaveLength(1);
    });
  });
});
