import { ECSClient } from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

function pipelineOf(fields: object = {}, report: object = { 'glue-job': 'report', after: 'models' }): Pipeline {
  const models = { ecs: 'dbt', cluster: 'etl', subnets: 'subnet-1', ...fields };
  return pipelineFrom({ pipeline: 'one', tasks: { models, report } });
}

const statusOf = ({ tasks }: SimulatedRun): string => `${tasks.models?.status}, ${tasks.report?.status}`;

test.each([
  ['SUCCEEDED', 'succeeded, succeeded'],
  ['FAILED', 'failed, upstream_failed'],
] as const)('a container that ends %s', async (state, expected) => {
  await simulated([pipelineOf()], { jobs: { dbt: { state } } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe(expected);
    expect(simulator.works()).toHaveLength(1);
  });
});

test('later tasks can read what the container wrote to its address', async () => {
  const report = { 'glue-job': 'report', after: 'models', args: { rows: '{% $tasks.models.output.rows %}' } };
  await simulated([pipelineOf({}, report)], { jobs: { dbt: { output: { rows: 7 } } } }, async (simulator) => {
    const { tasks } = await playRun(simulator, 'one');
    expect(tasks.report?.jobRuns[0]?.arguments['--rows']).toBe('7');
    const [{ input } = {}] = simulator.works();
    const address = { name: 'GLUEWRIGHT_OUTPUT', value: 's3://outputs/outputs/one-x/models-1.json' };
    expect(input).toMatchObject({
      overrides: { containerOverrides: [{ environment: expect.arrayContaining([address]) }] },
    });
  });
});

test('a failed container is retried as the task says', async () => {
  const pipeline = pipelineOf({ retry: { attempts: 2, delay: '10s' } });
  await simulated([pipeline], { jobs: { dbt: [{ state: 'FAILED' }, {}] } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('succeeded, succeeded');
    expect(simulator.works().map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });
});

test.each([
  ['Capacity is unavailable at this time', 'succeeded, succeeded', 1],
  ['ATTRIBUTE', 'failed, upstream_failed', 0],
])('a task that ECS cannot place, for the reason %s, is %s', async (reason, expected, count) => {
  await simulated([pipelineOf()], {}, async (simulator) => {
    let left = 1;
    simulator.runtime.clients.of(ECSClient).middlewareStack.add(
      (next, { commandName }) =>
        (args) =>
          commandName === 'RunTaskCommand' && left-- > 0
            ? Promise.resolve({ response: {}, output: { $metadata: {}, tasks: [], failures: [{ reason }] } })
            : next(args),
      { step: 'initialize' },
    );
    expect(statusOf(await playRun(simulator, 'one'))).toBe(expected);
    expect(simulator.works()).toHaveLength(count);
  });
});

test('a container past its timeout is stopped', async () => {
  await simulated([pipelineOf({ timeout: '5m' })], { jobs: { dbt: { seconds: 7_200 } } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('timed_out, upstream_failed');
    expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
  });
});

test('stopping the run stops its container', async () => {
  await simulated([pipelineOf()], { jobs: { dbt: { seconds: 1_800 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(30);
    await simulator.stopRun('one-x');
    await simulator.finish(['one-x'], 3_600);
    expect(statusOf(await simulator.look('one-x'))).toMatch(/^stopped/);
    expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
  });
});

test.each(seeds(12))('each attempt has one container despite all faults, seed %i', async (seed) => {
  await simulated(
    [pipelineOf()],
    { seed, faults: { ...everyFault, seed }, jobs: { dbt: { seconds: 120 } } },
    async (simulator) => {
      expect(statusOf(await playRun(simulator, 'one', 86_400))).toBe('succeeded, succeeded');
      expect(simulator.works()).toHaveLength(1);
    },
  );
});

test.each(seeds(12))('a stop reaches a container whose start was not answered (seed %i)', async (seed) => {
  const options = { seed, faults: { dying: 0.3, seed }, jobs: { dbt: { seconds: 5_000 } } };
  await simulated([pipelineOf()], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.stopRun('one-x');
    expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
    expect(simulator.works().filter(({ state }) => state === 'running')).toEqual([]);
  });
});
