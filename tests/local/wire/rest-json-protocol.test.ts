import { BatchClient, DescribeJobsCommand } from '@aws-sdk/client-batch';
import { EMRServerlessClient, GetJobRunCommand, ListJobRunsCommand } from '@aws-sdk/client-emr-serverless';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallFaults } from '../../../local/faults/perform-call.ts';
import { ServiceError } from '../../../local/service/service-error.ts';
import { embeddedRequestHandler } from '../../../local/wire/embedded-request-handler.ts';
import { restJsonRequests } from '../../../local/wire/rest-json-protocol.ts';
import type { WireServices } from '../../../local/wire/wire-message.ts';
import { createWireServer, type WireServer } from '../../../local/wire/wire-server.ts';

const received: unknown[] = [];

function services(faults?: CallFaults): WireServices {
  const operations = {
    async GetJobRun(input: unknown) {
      received.push(input);
      if (JSON.stringify(input).includes('missing')) throw new ServiceError('ResourceNotFoundException', 'no such run');
      return { jobRun: { jobRunId: 'r 1/2', createdAt: 1_795_150_846.847 } };
    },
    async ListJobRuns(input: unknown) {
      received.push(input);
      return { jobRuns: [] };
    },
    async DescribeJobs(input: unknown) {
      received.push(input);
      throw new TypeError('a bug');
    },
  };
  const routes = {
    GetJobRun: 'GET /applications/{applicationId}/jobruns/{jobRunId}',
    ListJobRuns: 'GET /applications/{applicationId}/jobruns',
  } as const;
  return {
    json: {},
    rest: {
      'emr-serverless': restJsonRequests('emr-serverless', { routes, operations }, faults),
      batch: restJsonRequests('batch', { routes: { DescribeJobs: 'POST /v1/describejobs' }, operations }),
    },
  };
}

const common = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
};

describe.each(['embedded', 'embedded and unsigned', 'loopback'] as const)('clients of REST services, %s', (door) => {
  let server: WireServer | undefined;
  let emr: EMRServerlessClient;
  let batch: BatchClient;

  beforeAll(async () => {
    const signer = { sign: async <T>(request: T): Promise<T> => request };
    if (door === 'loopback') server = await createWireServer(services(), { port: 0, uuid: () => 'id' });
    const place =
      server === undefined ? { requestHandler: embeddedRequestHandler(services()) } : { endpoint: server.url };
    const settings = { ...common, ...place, ...(door === 'embedded and unsigned' ? { signer } : {}) };
    emr = new EMRServerlessClient(settings);
    batch = new BatchClient(settings);
  });
  afterAll(async () => {
    emr.destroy();
    batch.destroy();
    await server?.close();
  });

  test('send members in the path, and receive dates', async () => {
    const { jobRun } = await emr.send(new GetJobRunCommand({ applicationId: 'app', jobRunId: 'r 1/2' }));
    expect(received.at(-1)).toEqual({ applicationId: 'app', jobRunId: 'r 1/2' });
    expect(jobRun).toMatchObject({ jobRunId: 'r 1/2', createdAt: new Date(1_795_150_846_847) });
  });

  test('send members in the query, including lists', async () => {
    await emr.send(new ListJobRunsCommand({ applicationId: 'app', states: ['RUNNING', 'FAILED'], mode: 'BATCH' }));
    expect(received.at(-1)).toEqual({ applicationId: 'app', states: ['RUNNING', 'FAILED'], mode: 'BATCH' });
  });

  test('receive errors with AWS’s names', async () => {
    const sent = emr.send(new GetJobRunCommand({ applicationId: 'app', jobRunId: 'missing' }));
    await expect(sent).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'no such run' });
  });

  test('send the body, and receive a server error for a bug', async () => {
    const sent = batch.send(new DescribeJobsCommand({ jobs: ['a'] }));
    await expect(sent).rejects.toMatchObject({ name: 'ServiceException', $metadata: { httpStatusCode: 500 } });
    expect(received.at(-1)).toEqual({ jobs: ['a'] });
  });
});

test('a path that matches no operation is refused', async () => {
  const request = { method: 'GET', path: '/applications', query: new URLSearchParams(), headers: {} };
  const answered = await services().rest?.['emr-serverless']?.({ ...request, body: new Uint8Array() });
  expect(answered).toMatchObject({ status: 501, headers: { 'x-amzn-errortype': 'NotImplemented' } });
});

test.each([true, false])('a call with an injected fault takes effect: %s', async (afterEffect) => {
  const asked: string[] = [];
  const faults: CallFaults = (service, operation) => {
    asked.push(`${service}.${operation}`);
    return { error: 'ThrottlingException', afterEffect };
  };
  const emr = new EMRServerlessClient({ ...common, requestHandler: embeddedRequestHandler(services(faults)) });
  const before = received.length;
  const sent = emr.send(new ListJobRunsCommand({ applicationId: 'app' }));
  await expect(sent).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(received.length - before).toBe(afterEffect ? 1 : 0);
  expect(asked).toEqual(['emr-serverless.ListJobRuns']);
});
