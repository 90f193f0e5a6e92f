import { ListObjectsV2Command, type ListObjectsV2CommandInput, S3Client } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';

export function listObjects(of: Clients, input: ListObjectsV2CommandInput) {
  return of(S3Client).send(new ListObjectsV2Command(input));
}
