/** The parts of `s3://BUCKET/KEY`. Undefined: it is no such address. */
export function parseAddress(address: string): { readonly bucket: string; readonly key: string } | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(address) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
