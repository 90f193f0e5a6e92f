import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

function pipelineOf(fields: object = {}, report: object = { 'glue-job': 'report', after: 'publish' }): Pipeline {
  const publish = { redshift: 'CALL publish()', database: 'dev', cluster: 'dwh', user: 'etl', ...fields };
  return pipelineFrom({ pipeline: 'one', runs: { max: 2 }, tasks: { publish, report } });
}

const statusOf = ({ tasks }: SimulatedRun): string => `${tasks.publish?.status}, ${tasks.report?.status}`;

test.each([
  ['SUCCEEDED', 'succeeded, succeeded'],
  ['FAILED', 'failed, upstream_failed'],
] as const)('a statement that ends %s', async (state, expected) => {
  await simulated([pipelineOf()], { jobs: { dwh: { state } } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe(expected);
    expect(simulator.works()).toHaveLength(1);
  });
});

test.each([
  ['one statement', 'CALL publish()'],
  ['several statements', ['DELETE FROM a', 'INSERT INTO a SELECT * FROM b']],
])('later tasks can read how many rows %s had', async (_, sql) => {
  const report = { 'glue-job': 'report', after: 'publish', args: { rows: '{% $tasks.publish.output.rows %}' } };
  const pipeline = pipelineOf({ redshift: sql }, report);
  await simulated([pipeline], { jobs: { dwh: { output: { rows: 12 } } } }, async (simulator) => {
    const { tasks } = await playRun(simulator, 'one');
    expect(tasks.report?.jobRuns[0]?.arguments['--rows']).toBe('12');
  });
});

test('values of expressions are sent as parameters, whatever they contain', async () => {
  const day = "'; DROP TABLE orders; --";
  const pipeline = pipelineFrom({
    pipeline: 'one',
    params: { day: { type: 'string', default: day } },
    tasks: {
      publish: {
        redshift: 'CALL publish(:day)',
        database: 'dev',
        workgroup: 'etl',
        args: { day: '{% $params.day %}' },
      },
    },
  });
  await simulated([pipeline], {}, async (simulator) => {
    await playRun(simulator, 'one');
    const [{ input } = {}] = simulator.works();
    expect(input).toMatchObject({ Sql: 'CALL publish(:day)', WorkgroupName: 'etl' });
  });
});

test('a failed statement is retried as the task says', async () => {
  const pipeline = pipelineOf({ retry: { attempts: 2, delay: '10s' } });
  await simulated([pipeline], { jobs: { dwh: [{ state: 'FAILED' }, {}] } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('succeeded, succeeded');
    expect(simulator.works().map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });
});

test('a statement past its timeout is cancelled', async () => {
  await simulated([pipelineOf({ timeout: '5m' })], { jobs: { dwh: { seconds: 7_200 } } }, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one'))).toBe('timed_out, upstream_failed');
    expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
  });
});

test('stopping the run cancels its statement', async () => {
  await simulated([pipelineOf()], { jobs: { dwh: { seconds: 1_800 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(30);
    await simulator.stopRun('one-x');
    await simulator.finish(['one-x'], 3_600);
    expect(statusOf(await simulator.look('one-x'))).toMatch(/^stopped/);
    expect(simulator.works()).toMatchObject([{ state: 'stopped' }]);
  });
});

test('two runs may use a cluster at once', async () => {
  await simulated([pipelineOf()], { jobs: { dwh: { seconds: 600 } } }, async (simulator) => {
    for (const cause of ['x', 'y']) await simulator.startRun({ pipeline: 'one', cause });
    expect(await simulator.finish(['one-x', 'one-y'], 900)).toBe(true);
    expect(simulator.works()).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
  });
});

test('an event ends the task even if Redshift does not describe the statement', async () => {
  const report = { 'glue-job': 'report', after: 'publish', args: { rows: '{% $tasks.publish.output.rows %}' } };
  await simulated(
    [pipelineOf({}, report)],
    { jobs: { dwh: { seconds: 3_600, output: { rows: 3 } } } },
    async (simulator) => {
      const hidden = Object.assign(new Error('Query does not exist'), {
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 400 },
      });
      simulator.runtime.clients.of(RedshiftDataClient).middlewareStack.add(
        (next, { commandName }) =>
          (args) =>
            commandName === 'DescribeStatementCommand' ? Promise.reject(hidden) : next(args),
        { step: 'initialize' },
      );
      const run = await playRun(simulator, 'one', 7_200);
      expect(statusOf(run)).toBe('succeeded, succeeded');
      expect(run.tasks.report?.jobRuns[0]?.arguments['--rows']).toBe('3');
    },
  );
});

test.each(seeds(12))('each attempt has one statement despite all faults, seed %i', async (seed) => {
  const options = { seed, faults: { ...everyFault, seed }, jobs: { dwh: { seconds: 120 } } };
  await simulated([pipelineOf()], options, async (simulator) => {
    expect(statusOf(await playRun(simulator, 'one', 86_400))).toBe('succeeded, succeeded');
    expect(simulator.works()).toHaveLength(1);
  });
});

test.each(seeds(12))('a stop reaches a statement whose start was not answered (seed %i)', async (seed) => {
  const options = { seed, faults: { dying: 0.3, seed }, jobs: { dwh: { seconds: 5_000 } } };
  await simulated([pipelineOf()], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.stopRun('one-x');
    expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
    expect(simulator.works().filter(({ state }) => state === 'running')).toEqual([]);
  });
});
