import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { createS3ObjectStore } from '../../../shared/services/s3-object-store.ts';

/** The SDK's wrapper of a body. */
function bodyOf(text: string) {
  const transforms = {
    transformToString: async () => text,
    transformToByteArray: async () => Buffer.from(text),
    transformToWebStream: () => new ReadableStream(),
  };
  return Object.assign(Readable.from([text]), transforms);
}

function storeWith(text: string | Error) {
  const client = new S3Client({ region: 'eu-west-1' });
  const mock = mockClient(client).on(GetObjectCommand, { Bucket: 'b', Key: 'k' });
  if (text instanceof Error) mock.rejects(text);
  // the SDK has its own type of a stream
  else mock.callsFake(() => ({ Body: bodyOf(text), ContentLength: Buffer.byteLength(text) }));
  return createS3ObjectStore(client);
}

test('an object within the limit is read', async () => {
  expect(await storeWith('{"ü":1}').get('b', 'k', 100)).toEqual({ size: 8, text: '{"ü":1}' });
});

test('an object over the limit is found but not read', async () => {
  expect(await storeWith('x'.repeat(101)).get('b', 'k', 100)).toEqual({ size: 101 });
});

test('a missing object is undefined', async () => {
  const missing = new NoSuchKey({ message: 'none', $metadata: { httpStatusCode: 404 } });
  expect(await storeWith(missing).get('b', 'k', 100)).toBeUndefined();
});

test('other failures are thrown', async () => {
  await expect(storeWith(new Error('slow down')).get('b', 'k', 100)).rejects.toThrow('slow down');
});
