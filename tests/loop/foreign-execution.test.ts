import { DescribeExecutionCommand, ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { readRunRecords } from '../../shared/views/run/read-run-records.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { simulated } from './simulated.ts';

test('an execution started by hand with a live run’s input is a run of its own', async () => {
  const pipeline = pipelineFrom({ pipeline: 'orders', tasks: { load: { 'glue-job': 'load' } } });
  await simulated([pipeline], {}, async (simulator) => {
    const { sfn } = simulator.runtime.clients;
    await simulator.startRun({ pipeline: 'orders', cause: 'one' });
    await simulator.pass(30);
    const stateMachineArn = simulator.runtime.system.catalog.byName('orders')?.stateMachineArn;
    const [first] = (await sfn.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];
    const { input } = await sfn.send(new DescribeExecutionCommand({ executionArn: first?.executionArn }));
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'by-hand', input }));
    await simulator.finish(['orders-one', 'by-hand'], 3_600);
    expect(await simulator.look('orders-one')).toMatchObject({ status: 'SUCCEEDED', settled: true });
    expect(await simulator.look('by-hand')).toMatchObject({ status: 'SUCCEEDED', settled: true });
    const run = await readRunRecords(simulator.runtime.system, 'by-hand');
    const { startedAt = 0, endedAt = 0 } = run?.run ?? {};
    expect(endedAt - startedAt).toBeGreaterThan(59_000);
    expect((await simulator.jobRuns()).map(({ run }) => run)).toEqual(['orders-one', 'by-hand']);
  });
});
