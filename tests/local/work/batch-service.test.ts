import { BatchClient, ListJobsCommand, SubmitJobCommand, TerminateJobCommand } from '@aws-sdk/client-batch';
import { expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { readRun } from '../../../shared/views/run/read-run.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

/** Without a home, because these pipelines have no Glue jobs. */
const simulate = () => ({ seconds: 0 });

test('a command replaces a Batch job, and gets its variables', async () => {
  const check = "process.exitCode = process.env.MODE === 'full' && process.env.GLUEWRIGHT_TASK === 'load' ? 0 : 1";
  const local = { command: [process.execPath, '-e', check], output: { rows: 7 } };
  const tasks = {
    load: { batch: 'load', queue: 'spot', env: { MODE: 'full' }, local },
    report: {
      ...{ batch: 'report', queue: 'spot', after: 'load', args: { rows: '{% $tasks.load.output.rows %}' } },
      local: { simulate: '0s' },
    },
  };
  const pipelines = [pipelineFrom({ pipeline: 'one', tasks })];
  const runtime = await openRuntime({ home: ':memory:', clock: createRealClock(), pipelines, jobs: {}, simulate });
  await startRun(runtime.system, { pipeline: 'one', cause: 'x' });
  await vi.waitFor(async () => {
    expect(await readRun(runtime.system.ledger, 'one-x', [])).toMatchObject({ status: 'SUCCEEDED' });
  }, 10_000);
  expect(runtime.works.all().at(-1)?.input).toMatchObject({ parameters: { rows: '7' } });
  await runtime.close();
});

test('jobs are listed by status, or by name in any status and case', async () => {
  const tasks = { load: { batch: 'load', queue: 'spot', local: { simulate: '1h' } } };
  const pipelines = [pipelineFrom({ pipeline: 'one', tasks })];
  const runtime = await openRuntime({ home: ':memory:', clock: createRealClock(), pipelines, jobs: {}, simulate });
  const client = runtime.clients.of(BatchClient);
  const job = { jobQueue: 'spot', jobDefinition: 'load' };
  const ids: (string | undefined)[] = [];
  for (const jobName of ['Mine', 'other'])
    ids.push((await client.send(new SubmitJobCommand({ ...job, jobName }))).jobId);
  const [mine, other] = ids;
  await client.send(new TerminateJobCommand({ jobId: mine, reason: 'enough' }));
  const list = async (filter?: string) => {
    const filters = filter === undefined ? {} : { filters: [{ name: 'JOB_NAME', values: [filter] }] };
    const { jobSummaryList } = await client.send(new ListJobsCommand({ jobQueue: 'spot', ...filters }));
    return jobSummaryList?.map(({ jobId }) => jobId);
  };
  expect(await list()).toEqual([other]);
  expect(await list('mine')).toEqual([mine]);
  expect(await list('mi*')).toEqual([mine]);
  expect(await list('min')).toEqual([]);
  await runtime.close();
});
