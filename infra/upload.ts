import { PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/** An object of the deployment bucket. Its key contains a digest of its body, so it is never overwritten. */
export type Upload = { readonly key: string; readonly body: Uint8Array | string };

/** One by one: they are few and small, or so many that they would be throttled. */
export async function upload(uploads: readonly Upload[], bucket: string, config: S3ClientConfig): Promise<void> {
  const s3 = new S3Client(config);
  for (const { key, body } of uploads) await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}
