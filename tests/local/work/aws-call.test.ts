import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateDatabaseCommand, CreateTableCommand } from '@aws-sdk/client-glue';
import { afterAll, expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { readRunRecords } from '../../../shared/views/run/read-run-records.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

const homes = mkdtempSync(path.join(tmpdir(), 'gluewright-aws-call-'));
afterAll(() => rmSync(homes, { recursive: true, force: true }));

const found = { aws: 'glue:getTable', args: { DatabaseName: 'sales', Name: 'orders' }, resources: ['catalog'] };

test.each([
  ['is answered by the embedded AWS', found, { result: 'succeeded', output: { Table: { Name: 'orders' } } }],
  [
    'fails by the name of the service’s error',
    { ...found, args: { DatabaseName: 'sales', Name: 'none' } },
    { result: 'failed', cause: expect.stringContaining('Glue.EntityNotFoundException') },
  ],
  [
    'fails if the embedded AWS does not have the action',
    { aws: 'sqs:sendMessage', args: { MessageBody: 'x' }, resources: ['done'] },
    { result: 'failed', cause: expect.stringContaining('sqs:sendMessage is not supported by the embedded runtime') },
  ],
  [
    'is replaced as its task says',
    { aws: 'sns:publish', resources: ['done'], local: { simulate: '1s', output: { MessageId: '1' } } },
    { result: 'succeeded', output: { MessageId: '1' } },
  ],
])('on this machine, a call %s', async (_, call, ending) => {
  const tasks = {
    call,
    use: { wait: '1s', after: 'call', if: '{% $exists($tasks.call.output) %}' },
  };
  const pipeline = pipelineFrom({ pipeline: 'one', tasks });
  const options = { clock: createRealClock(), jobs: {}, reconcileSeconds: 3_600 };
  const runtime = await openRuntime({
    home: mkdtempSync(path.join(homes, 'home-')),
    pipelines: [pipeline],
    ...options,
  });
  try {
    const { glue } = runtime.clients;
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'sales' } }));
    await glue.send(new CreateTableCommand({ DatabaseName: 'sales', TableInput: { Name: 'orders' } }));
    await startRun(runtime.system, { pipeline: 'one', cause: 'x' });
    await vi.waitFor(
      async () => {
        const records = await readRunRecords(runtime.system, 'one-x');
        const task = records?.tasks.find((each) => each.task === 'call');
        expect(task?.attempt.phase).toMatchObject({ at: 'ended', ending });
      },
      { timeout: 20_000 },
    );
  } finally {
    await runtime.close();
  }
});
