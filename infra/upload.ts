import { PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/** An object of the deployment bucket. Keys hold a digest of the body: what is there is never overwritten. */
export type Upload = { readonly key: string; readonly body: Uint8Array | string };

/** One after the other: they are few and small, or many and then throttled. */
export async function upload(uploads: readonly Upload[], bucket: string, config: S3ClientConfig): Promise<void> {
  const s3 = new S3Client(config);
  for (const { key, body } of uploads) await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}
