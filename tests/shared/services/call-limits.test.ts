import { createServer, type Server, type Socket } from 'node:net';
import { GlueClient, StartJobRunCommand } from '@aws-sdk/client-glue';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, test } from 'vitest';
import { leaseMilliseconds, settleMilliseconds } from '../../../shared/runs/task/attempt.ts';
import { callLimits, longestCall, requestHandler } from '../../../shared/services/call-limits.ts';
import { failureOf } from '../../../shared/services/service-error.ts';
import { patience } from '../../../shared/services/throttling-retries.ts';

test('a start gets its answer before its lease ends, however slow the services are', () => {
  const { ledger, work } = callLimits;
  // record, check the run, start: see `advance.ts` and `task-machine.ts`
  const before = longestCall(ledger) + longestCall(ledger);
  expect(before + patience + longestCall(work)).toBeLessThan(leaseMilliseconds - settleMilliseconds);
});

const open: (Server | Socket)[] = [];
afterEach(() => {
  for (const one of open.splice(0)) 'close' in one ? one.close() : one.destroy();
});

/** A service that sends this text to every caller, and then nothing. */
async function serviceThatSays(text: string): Promise<string> {
  const server = createServer((socket) => {
    open.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => socket.write(text));
  });
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server of TCP has a port');
  return `http://127.0.0.1:${address.port}`;
}

const impatient = { connect: 50, answer: 50, attempts: 1 };
const client = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
  requestHandler: requestHandler(impatient),
});

test('a StartJobRun without an answer ends with an unknown result', async () => {
  const glue = new GlueClient(client(await serviceThatSays('')));
  const error: unknown = await glue.send(new StartJobRunCommand({ JobName: 'j' })).catch((cause: unknown) => cause);
  expect(failureOf(error)).toMatchObject({ kind: 'ambiguous', name: 'TimeoutError' });
});

test('an answer that breaks off ends, too', async () => {
  const begun = 'HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: 100\r\n\r\n{"Job';
  const glue = new GlueClient(client(await serviceThatSays(begun)));
  const error: unknown = await glue.send(new StartJobRunCommand({ JobName: 'j' })).catch((cause: unknown) => cause);
  expect(failureOf(error).kind).toBe('ambiguous');
  const s3 = new S3Client({ ...client(await serviceThatSays(begun)), forcePathStyle: true });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
  await expect(Body?.transformToString()).rejects.toThrow();
});
