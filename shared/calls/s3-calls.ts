import { ListObjectsV2Command, type ListObjectsV2CommandInput, S3Client } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import { getObject } from './get-object.ts';

export const s3Calls = {
  's3:ListObjectsV2': (of: Clients, input: ListObjectsV2CommandInput) =>
    of(S3Client).send(new ListObjectsV2Command(input)),
  's3:GetObject': getObject,
};
