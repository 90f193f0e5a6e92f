import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, simulated } from './simulated.ts';

/** A gate, a job for good data, and one for what is put aside. */
function pipelineOf(fields: object = {}): Pipeline {
  const tasks = {
    gate: { 'data-quality': 'orders', database: 'sales', table: 'orders', role: 'reader', below: 'succeed', ...fields },
    publish: { 'glue-job': 'publish', after: 'gate', if: '{% $tasks.gate.output.passed %}' },
    quarantine: { 'glue-job': 'quarantine', after: 'gate', if: '{% $not($tasks.gate.output.passed) %}' },
  };
  return pipelineFrom({ pipeline: 'one', tasks });
}

const statusOf = ({ tasks }: SimulatedRun): string =>
  `${tasks.gate?.status}, ${tasks.publish?.status}, ${tasks.quarantine?.status}`;

const broken = { output: { rules: 4, failed: ['IsComplete "id"'] } };

test.each([
  ['good data', {}, {}, 'succeeded, succeeded, skipped'],
  ['bad data', {}, broken, 'succeeded, skipped, succeeded'],
  ['data that is good enough', { score: 0.75 }, broken, 'succeeded, succeeded, skipped'],
  ['bad data that must not be', { below: 'fail' }, broken, 'failed, upstream_failed, upstream_failed'],
  ['an evaluation that fails', {}, { state: 'FAILED' }, 'failed, upstream_failed, upstream_failed'],
] as const)('%s', async (_, fields, orders, expected) => {
  await simulated([pipelineOf(fields)], { jobs: { orders } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe(expected);
    expect(simulator.works()).toHaveLength(1);
  });
});

test('a failed evaluation is retried, but bad data is not', async () => {
  const pipeline = pipelineOf({ below: 'fail', retry: { attempts: 3, delay: '10s' } });
  await simulated([pipeline], { jobs: { orders: [{ state: 'FAILED' }, broken, {}] } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('failed, upstream_failed, upstream_failed');
    expect(simulator.works()).toHaveLength(2);
  });
});
