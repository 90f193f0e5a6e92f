import { request } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { SendTaskSuccessCommand, SFNClient, StartExecutionCommand, TaskTimedOut } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryFiles } from '../../../local/s3/memory-files.ts';
import { createS3 } from '../../../local/s3/s3.ts';
import { ServiceError } from '../../../local/service/service-error.ts';
import { answer } from '../../../local/wire/answer.ts';
import { embeddedRequestHandler } from '../../../local/wire/embedded-request-handler.ts';
import { decodeAwsChunked } from '../../../local/wire/s3/body/aws-chunked.ts';
import type { WireServices } from '../../../local/wire/wire-message.ts';
import { createWireServer, type WireServer } from '../../../local/wire/wire-server.ts';

const still = { now: () => Date.UTC(2026, 10, 22), at: () => () => {} };
const uuid = () => '00000000-0000-0000-0000-000000000000';
const surprises: unknown[] = [];

function services(): WireServices {
  const files = createMemoryFiles(still.now);
  const s3 = createS3({
    database: new DatabaseSync(':memory:'),
    files,
    clock: still,
    uuid,
    account: '0',
    emit: () => {},
  });
  s3.createBucket('landing');
  return {
    s3,
    json: {
      AWSStepFunctions: {
        operations: {
          StartExecution: async (input) => ({ executionArn: JSON.stringify(input), startDate: 1_795_150_846.847 }),
          SendTaskSuccess: async () => {
            throw new ServiceError('TaskTimedOut', 'Task Timed Out');
          },
          SendTaskFailure: async () => {
            throw new TypeError('a bug');
          },
        },
      },
    },
    onSurprise: (error) => surprises.push(error),
  };
}

const common = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
};

describe.each(['embedded', 'loopback'] as const)('the SDK clients, %s', (door) => {
  let server: WireServer | undefined;
  let sfn: SFNClient;
  let s3: S3Client;

  beforeAll(async () => {
    if (door === 'loopback') {
      server = await createWireServer(services(), { port: 0, uuid });
      sfn = new SFNClient({ ...common, endpoint: server.url });
      s3 = new S3Client({ ...common, endpoint: server.url, forcePathStyle: true });
    } else {
      const requestHandler = embeddedRequestHandler(services());
      sfn = new SFNClient({ ...common, requestHandler });
      s3 = new S3Client({ ...common, requestHandler, forcePathStyle: true });
    }
  });
  afterAll(async () => {
    sfn.destroy();
    s3.destroy();
    await server?.close();
  });

  test('get the output of an operation, with its dates', async () => {
    const output = await sfn.send(new StartExecutionCommand({ stateMachineArn: 'arn:x', input: '{}' }));
    expect(output.startDate).toEqual(new Date(1_795_150_846_847));
    expect(JSON.parse(output.executionArn ?? '')).toEqual({ stateMachineArn: 'arn:x', input: '{}' });
  });

  test('get AWS’s errors as the SDK’s classes', async () => {
    const sent = sfn.send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' }));
    await expect(sent).rejects.toThrow(TaskTimedOut);
  });

  test('put, read, head and list objects', async () => {
    const key = 'exports/2026-11-22/a b+ü&<.csv';
    await s3.send(new PutObjectCommand({ Bucket: 'landing', Key: key, Body: 'a,b\n' }));
    await s3.send(new PutObjectCommand({ Bucket: 'landing', Key: 'exports/z', Body: 'z' }));
    const got = await s3.send(new GetObjectCommand({ Bucket: 'landing', Key: key }));
    expect(await got.Body?.transformToString()).toBe('a,b\n');
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'landing', Key: key }))).toMatchObject({ ContentLength: 4 });
    const part = await s3.send(new GetObjectCommand({ Bucket: 'landing', Key: key, Range: 'bytes=2-9' }));
    expect(await part.Body?.transformToString()).toBe('b\n');
    const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'landing', Prefix: 'exports/' }));
    expect(listed.Contents?.map((object) => object.Key)).toEqual([key, 'exports/z']);
  });

  test('put an object in parts', async () => {
    const object = { Bucket: 'landing', Key: 'big' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(object));
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (const [at, Body] of ['a'.repeat(5 * 1024 * 1024), 'cd'].entries()) {
      const PartNumber = at + 1;
      const { ETag } = await s3.send(
        new UploadPartCommand({ ...object, UploadId, PartNumber, Body: Buffer.from(Body) }),
      );
      Parts.push({ PartNumber, ETag });
    }
    const MultipartUpload = { Parts };
    const { ETag } = await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload }));
    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const got = await s3.send(new GetObjectCommand({ ...object, Range: 'bytes=-3' }));
    expect(await got.Body?.transformToString()).toBe('acd');
    expect(got.ETag).toBe(ETag);
    const again = s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload }));
    await expect(again).rejects.toThrow(expect.objectContaining({ name: 'NoSuchUpload' }));
  });

  test('list by folders and pages', async () => {
    for (const key of ['p/a/1', 'p/a/2', 'p/b', 'p/c/1']) {
      await s3.send(new PutObjectCommand({ Bucket: 'landing', Key: key, Body: 'x' }));
    }
    const query = { Bucket: 'landing', Prefix: 'p/', Delimiter: '/', MaxKeys: 2 };
    const first = await s3.send(new ListObjectsV2Command(query));
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'p/a/' }]);
    expect(first.Contents?.map((object) => object.Key)).toEqual(['p/b']);
    const second = await s3.send(
      new ListObjectsV2Command({ ...query, ContinuationToken: first.NextContinuationToken }),
    );
    expect(second.CommonPrefixes).toEqual([{ Prefix: 'p/c/' }]);
    expect(second.IsTruncated).toBe(false);
  });

  test('get S3’s errors', async () => {
    const read = s3.send(new GetObjectCommand({ Bucket: 'landing', Key: 'nothing' }));
    await expect(read).rejects.toThrow(expect.objectContaining({ name: 'NoSuchKey' }));
    const head = s3.send(new HeadObjectCommand({ Bucket: 'landing', Key: 'nothing' }));
    await expect(head).rejects.toThrow(expect.objectContaining({ name: 'NotFound' }));
    const foreign = s3.send(new GetObjectCommand({ Bucket: 'elsewhere', Key: 'a' }));
    await expect(foreign).rejects.toThrow(expect.objectContaining({ name: 'NoSuchBucket' }));
  });
});

describe('the loopback port', () => {
  let server: WireServer;
  beforeAll(async () => {
    server = await createWireServer(services(), { port: 0, uuid });
  });
  afterAll(() => server.close());

  const call = (headers: Record<string, string>, body = '{}') =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: server.port, method: 'POST', path: '/', headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const target = { 'x-amz-target': 'AWSStepFunctions.StartExecution' };

  test('serves programs on this machine', async () => {
    expect(await call(target)).toMatchObject({ status: 200 });
    for (const host of ['localhost:1', 'LOCALHOST:1', 'sync-localhost:1', 'a.localhost']) {
      expect(await call({ ...target, host })).toMatchObject({ status: 200 });
    }
  });

  test.each([
    { host: 'rebound.example' },
    { host: '127.0.0.1.example:80' },
    { host: 'sync-localhost.example' },
    { host: 'localhost.example' },
    { origin: 'http://127.0.0.1' },
    { 'sec-fetch-site': 'cross-site' },
  ])('rejects requests from a browser: %j', async (headers) => {
    const { status, text } = await call({ ...target, ...headers });
    expect({ status, type: JSON.parse(text).__type }).toEqual({ status: 403, type: 'AccessDeniedException' });
  });

  test.each([
    ['an unknown operation', { 'x-amz-target': 'AWSStepFunctions.Nonsense' }, '{}', 400, 'UnknownOperationException'],
    [
      'a name of Object.prototype',
      { 'x-amz-target': 'AWSStepFunctions.toString' },
      '{}',
      400,
      'UnknownOperationException',
    ],
    ['an unknown service', { 'x-amz-target': 'Nobody.Nothing' }, '{}', 400, 'UnknownOperationException'],
    ['no JSON', target, '{', 400, 'SerializationException'],
    ['a bug', { 'x-amz-target': 'AWSStepFunctions.SendTaskFailure' }, '{}', 500, 'InternalFailure'],
  ])('answers %s with AWS’s error', async (_name, headers, body, status, type) => {
    const answer = await call(headers, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).__type).toBe(type);
  });
});

describe('a JSON request', () => {
  const sent = async (body: Uint8Array, headers: Record<string, string> = {}) => {
    const request = { method: 'POST', path: '/', query: new URLSearchParams(), body };
    const target = { 'x-amz-target': 'AWSStepFunctions.StartExecution' };
    const answered = await answer(services(), { ...request, headers: { ...target, ...headers } });
    return JSON.parse(Buffer.from(answered.body).toString());
  };

  test('may be compressed', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    expect(await sent(gzipSync('{"name":"a"}'), gzip)).toMatchObject({ executionArn: '{"name":"a"}' });
    expect(await sent(Buffer.from('{}'), gzip)).toMatchObject({ __type: 'SerializationException' });
  });

  test('ignores members that are null', async () => {
    const body = Buffer.from('{"name":null,"list":[null,{"a":null}],"text":"null"}');
    expect(await sent(body)).toMatchObject({ executionArn: '{"list":[null,{}],"text":"null"}' });
  });
});

test.each([
  ['sts', 'application/x-www-form-urlencoded', '<Code>NotImplemented</Code>'],
  ['lambda', 'application/json', '"NotImplemented"'],
])('a request that is signed for %s is rejected, and creates no bucket', async (service, type, expected) => {
  const authorization = `AWS4-HMAC-SHA256 Credential=AK/20261122/us-east-1/${service}/aws4_request, Signature=x`;
  const headers = { authorization, 'content-type': type };
  const request = { method: 'PUT', path: '/schedules', query: new URLSearchParams(), headers, body: Buffer.from('') };
  const served = services();
  const { status, body } = await answer(served, request);
  expect({ status, text: Buffer.from(body).toString() }).toEqual({
    status: 501,
    text: expect.stringContaining(expected),
  });
  expect(served.s3?.buckets()).toEqual(['landing']);
});

describe('a call with an injected fault', () => {
  test.each([true, false])('takes effect: %s', async (afterEffect) => {
    let calls = 0;
    const operations = { StartExecution: async () => void calls++ };
    const faults = () => ({ error: 'ThrottlingException', afterEffect });
    const requestHandler = embeddedRequestHandler({ json: { AWSStepFunctions: { operations } }, faults });
    const sfn = new SFNClient({ ...common, requestHandler });
    const sent = sfn.send(new StartExecutionCommand({ stateMachineArn: 'arn:x' }));
    await expect(sent).rejects.toThrow(expect.objectContaining({ name: 'ThrottlingException' }));
    expect(calls).toBe(afterEffect ? 1 : 0);
  });
});

describe('aws-chunked framing', () => {
  test.each([
    ['one chunk and a trailer', '3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n', 'abc'],
    ['signed chunks', '2;chunk-signature=ff\r\nab\r\n1;chunk-signature=ee\r\nc\r\n0;chunk-signature=dd\r\n\r\n', 'abc'],
    ['nothing', '0\r\n\r\n', ''],
    ['a chunk cut short', '5\r\nab', undefined],
    ['no framing', 'abc', undefined],
  ])('%s', (_name, framed, expected) => {
    const decoded = decodeAwsChunked(Buffer.from(framed));
    expect(decoded === undefined ? undefined : Buffer.from(decoded.body).toString()).toBe(expected);
  });
});
