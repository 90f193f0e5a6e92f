import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { failureOf } from './service-error.ts';
import type { ObjectStore } from './system.ts';

export function createS3ObjectStore(client: S3Client): ObjectStore {
  return {
    async get(bucket, key, limit) {
      try {
        const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (Body === undefined) return { size: 0, text: '' };
        if (ContentLength !== undefined && ContentLength > limit) {
          // an unread body would keep the connection
          if ('destroy' in Body) Body.destroy();
          return { size: ContentLength };
        }
        const text = await Body.transformToString('utf-8');
        return { size: ContentLength ?? Buffer.byteLength(text), text };
      } catch (error) {
        if (failureOf(error).name === 'NoSuchKey') return undefined;
        throw error;
      }
    },

    async put(bucket, key, text) {
      const ContentType = 'application/json';
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType }));
    },
  };
}
