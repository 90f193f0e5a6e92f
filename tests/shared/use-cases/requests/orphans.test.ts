import { expect, test } from 'vitest';
import { sendCall } from '../../../../shared/services/send-call.ts';
import { glueJob } from '../../../../shared/tasks/glue-job/glue-job.ts';
import { findOrphans, stopOrphans } from '../../../../shared/use-cases/requests/find-orphans.ts';
import { openSimulator } from '../../../../testing/simulator.ts';
import { pipelineOf } from '../../world/world.ts';

test('our job runs whose run is over or unknown are found and stopped, but not those of others or of live runs', async () => {
  const simulator = await openSimulator([pipelineOf('orders')], { jobs: { extract: { seconds: 3_000 } } });
  const { system } = simulator.runtime;
  const work = { kind: 'glue-job', job: 'extract', args: {}, inject: true } as const;
  const order = { run: 'orders-gone', task: 'extract', attempt: 1, work, timeout: 3600, since: 0, tried: 0 };
  await simulator.startRun({ pipeline: 'orders', cause: 'live' });
  const start = async (name: string) => {
    const answer = await sendCall(system, glueJob.runs.begin(order, { name, outputBucket: 'outputs' }));
    return glueJob.runs.begun(answer);
  };
  const lost = await start('local');
  await start('another-stage');

  const orphans = await findOrphans(system);
  expect(orphans).toMatchObject([
    { kind: 'glue-job', work: 'extract', id: lost, run: 'orders-gone', task: 'extract', attempt: 1 },
  ]);
  await stopOrphans(system, orphans);
  expect(await findOrphans(system)).toEqual([]);
  expect((await simulator.jobRuns()).map(({ state }) => state).sort()).toEqual(['RUNNING', 'RUNNING', 'STOPPED']);
  simulator.close();
});
