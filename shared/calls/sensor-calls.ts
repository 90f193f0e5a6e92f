import type { ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';

export const sensorCalls = {
  /** Loads the client of S3 at the first use: it is the largest, and most functions seldom need it. */
  's3:ListObjectsV2': async (of: Clients, input: ListObjectsV2CommandInput) =>
    (await import('./list-objects.ts')).listObjects(of, input),
};
