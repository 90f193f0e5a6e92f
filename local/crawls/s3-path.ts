export type S3Path = { readonly bucket: string; readonly key: string };

/** @returns undefined for what is no address in S3. */
export function parsePath(path: string): S3Path | undefined {
  const [, bucket, key = ''] = /^s3a?:\/\/([^/]+)(?:\/(.*))?$/s.exec(path) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}
