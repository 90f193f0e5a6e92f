import { PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/** Folders of the deployment bucket for what is outside the template. */
export const artifactFolders = ['definitions', 'stacks', 'jobs'] as const;

/** The stage's part of the deployment bucket: `serverless remove` empties it. */
export function stageFolder(service: string, stage: string): string {
  return `serverless/${service}/${stage}/`;
}

/** An object of the deployment bucket. Its key contains a digest of its body, so it is never overwritten. */
export type Upload = { readonly key: string; readonly body: Uint8Array | string };

/** One by one: they are few and small, or so many that they would be throttled. */
export async function upload(uploads: readonly Upload[], bucket: string, config: S3ClientConfig): Promise<void> {
  const s3 = new S3Client(config);
  for (const { key, body } of uploads) await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}
