import { S3Client } from '@aws-sdk/client-s3';
import { createS3ObjectStore } from '../services/s3-object-store.ts';
import type { ObjectStore } from '../services/system.ts';
import { limited } from './limited.ts';

export function s3FromEnvironment(): ObjectStore {
  return createS3ObjectStore(new S3Client(limited('objects')));
}
