/** Of `s3://BUCKET/KEY`; the key as it is, whatever it holds. Undefined: it is no such address. */
export function parseAddress(address: string): { readonly bucket: string; readonly key: string } | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(address) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
