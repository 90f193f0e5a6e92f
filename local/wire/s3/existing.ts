import type { ObjectHead, S3 } from '../../s3/s3.ts';
import { ServiceError } from '../../service/service-error.ts';

/** Undefined if the object does not exist. @throws {ServiceError} NoSuchBucket, InvalidArgument */
export function existing(s3: S3, bucket: string, key: string): ObjectHead | undefined {
  try {
    return s3.head(bucket, key);
  } catch (error) {
    if (error instanceof ServiceError && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}
