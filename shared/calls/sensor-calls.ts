import { GetPartitionCommand, type GetPartitionCommandInput, GlueClient } from '@aws-sdk/client-glue';
import type { ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';

export const sensorCalls = {
  /** Loads the client of S3 at the first use: it is the largest, and most functions seldom need it. */
  's3:ListObjectsV2': async (of: Clients, input: ListObjectsV2CommandInput) =>
    (await import('./list-objects.ts')).listObjects(of, input),
  'glue:GetPartition': (of: Clients, input: GetPartitionCommandInput) =>
    of(GlueClient).send(new GetPartitionCommand(input)),
};
