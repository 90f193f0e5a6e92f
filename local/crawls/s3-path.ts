export type S3Path = { readonly bucket: string; readonly key: string };

/** @returns undefined if the text is not an S3 address */
export function parsePath(path: string): S3Path | undefined {
  const [, bucket, key = ''] = /^s3a?:\/\/([^/]+)(?:\/(.*))?$/s.exec(path) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}
