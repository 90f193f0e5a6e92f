import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { SimulatedRun } from '../../testing/simulated-run.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, simulated } from './simulated.ts';

function pipelineOf(fields: object = {}): Pipeline {
  const publish = { redshift: 'CALL publish()', database: 'dev', cluster: 'dwh', user: 'etl', ...fields };
  const report = { 'glue-job': 'report', after: 'publish', args: { rows: '{% $tasks.publish.output.rows %}' } };
  return pipelineFrom({ pipeline: 'one', tasks: { publish, report } });
}

const statusOf = ({ tasks }: SimulatedRun): string => `${tasks.publish?.status}, ${tasks.report?.status}`;

test.each([
  ['one statement', 'CALL publish()'],
  ['several statements', ['DELETE FROM a', 'INSERT INTO a SELECT * FROM b']],
])('later tasks can read how many rows %s had', async (_, sql) => {
  await simulated([pipelineOf({ redshift: sql })], { jobs: { dwh: { output: { rows: 12 } } } }, async (simulator) => {
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

test('an event ends the task even if Redshift does not describe the statement', async () => {
  await simulated([pipelineOf()], { jobs: { dwh: { seconds: 3_600, output: { rows: 3 } } } }, async (simulator) => {
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
  });
});
