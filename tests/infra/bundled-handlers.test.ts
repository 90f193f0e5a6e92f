import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { CreateJobCommand, GetJobRunsCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { type MotoServer, startMotoServer } from '../../infra/moto-server.ts';
import { createLedgerTable } from './ledger-table.ts';

/** The deployed bundles, over the wire with moto's services. */

const root = path.resolve(import.meta.dirname, '../..');
const outdir = mkdtempSync(path.join(tmpdir(), 'gluewright-handlers-'));
const table = 'ledger';
const bucket = 'outputs';
let moto: MotoServer | undefined;

beforeAll(async () => {
  moto = await startMotoServer();
  if (moto === undefined) return;
  await bundle(root, outdir);
  writeFileSync(path.join(outdir, 'catalog.json'), JSON.stringify({ pipelines: [] }));
  const client = clientOptions(moto.endpoint);
  await createLedgerTable(client, table);
  await new S3Client(client).send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  await new GlueClient(client).send(
    new CreateJobCommand({ Name: 'load', Role: 'any', Command: { Name: 'pythonshell', ScriptLocation: 's3://x/y' } }),
  );
});
beforeEach((context) => {
  if (moto === undefined) context.skip('no moto_server on this machine');
});
afterAll(() => {
  moto?.stop();
  rmSync(outdir, { recursive: true, force: true });
});

function clientOptions(endpoint: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint, region: 'eu-west-1', credentials, forcePathStyle: true };
}

/** Invokes a bundle in its own process, as Lambda does, and returns the handler's result. */
async function invoke(name: string, event: unknown): Promise<unknown> {
  const script = `const { handler } = await import(process.argv[1]);
    const answer = await handler(JSON.parse(process.argv[2]), {});
    process.stdout.write('\\n' + JSON.stringify(answer ?? null));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, path.join(outdir, `${name}.mjs`), JSON.stringify(event)],
    {
      env: {
        AWS_ENDPOINT_URL: moto?.endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'eu-west-1',
        GLUEWRIGHT_STACK: 'gluewright-test',
        GLUEWRIGHT_TABLE: table,
        GLUEWRIGHT_OUTPUT_BUCKET: bucket,
        GLUEWRIGHT_CATALOG: 'catalog.json',
        GLUEWRIGHT_STATE_MACHINES: 'arn:aws:states:eu-west-1:123456789012:stateMachine:',
      },
    },
  );
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1));
}

const call = (task: string, job = 'load') => ({
  call: 'task',
  token: `token-of-${task}`,
  run: 'run-1',
  pipeline: 'orders',
  task,
  timeout: 600,
  outputLimit: 1000,
  work: { kind: 'glue-job', job, args: { day: '2026-11-22' }, inject: true },
});

/** As recorded by the functions. */
async function attemptOf(task: string) {
  const { Items = [] } = await new DynamoDBClient(clientOptions(moto?.endpoint ?? '')).send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :run AND sk = :task',
      ExpressionAttributeValues: { ':run': { S: 'run#run-1' }, ':task': { S: `task#${task}` } },
    }),
  );
  return JSON.parse(Items[0]?.value?.S ?? '{}').attempt;
}

test.each([
  ['that has written an output', '{"rows": 7}', { rows: 7 }],
  ['that has not', undefined, undefined],
])('the bundled start-task and on-task-event complete a job %s', async (title, written, output) => {
  const client = clientOptions(moto?.endpoint ?? '');
  const task = title.replaceAll(' ', '-');
  await invoke('start-task', call(task));
  const { JobRuns = [] } = await new GlueClient(client).send(new GetJobRunsCommand({ JobName: 'load' }));
  const run = JobRuns.find(({ Arguments }) => Arguments?.['--gluewright_task'] === task);
  expect(run?.Arguments?.['--day']).toBe('2026-11-22');

  const address = /^s3:\/\/outputs\/(.*)$/.exec(run?.Arguments?.['--gluewright_output'] ?? '')?.[1];
  if (written !== undefined)
    await new S3Client(client).send(new PutObjectCommand({ Bucket: bucket, Key: address, Body: written }));
  await invoke('on-task-event', {
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    detail: { jobName: 'load', jobRunId: run?.Id, state: 'SUCCEEDED', severity: 'INFO', message: 'done' },
    version: '0',
    id: 'e',
    account: '123456789012',
    time: '2026-11-22T08:00:00Z',
    region: 'eu-west-1',
    resources: [],
  });

  const { phase } = await attemptOf(task);
  expect(phase).toMatchObject({ at: 'ended', delivery: 'told' });
  expect(phase.ending).toEqual({ result: 'succeeded', ...(output !== undefined && { output }) });
});

test('the bundled start-task waits for a missing job, since a deployment may still create it', async () => {
  await invoke('start-task', call('nowhere', 'no-such-job'));
  const { phase } = await attemptOf('nowhere');
  expect(phase).toMatchObject({ at: 'queued' });
  expect(phase.reason).toContain('EntityNotFoundException');
});
