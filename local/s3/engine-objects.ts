import type { ObjectStore } from '../engine/engine.ts';
import { ServiceError } from '../service/service-error.ts';
import type { S3 } from './s3.ts';

/** The objects that distributed Maps read and write. */
export function engineObjects(s3: S3): ObjectStore {
  return {
    async get(bucket, key) {
      try {
        return s3.get(bucket, key);
      } catch (error) {
        if (error instanceof ServiceError && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
    async list(bucket, prefix) {
      return s3.list(bucket, prefix).map(({ key }) => {
        const { size, etag, modified } = s3.head(bucket, key);
        return { key, size, etag, lastModified: modified / 1_000 };
      });
    },
    async put(bucket, key, body) {
      s3.put(bucket, key, body);
    },
  };
}
