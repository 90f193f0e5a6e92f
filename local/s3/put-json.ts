import type { JsonObject } from '../../shared/json.ts';
import type { S3 } from './s3.ts';

/** Writes JSON to an `s3://BUCKET/KEY` address. Ignores any other address. */
export function putJson(s3: S3, address: string, value: JsonObject): void {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(address) ?? [];
  if (bucket !== undefined && key !== undefined) s3.put(bucket, key, Buffer.from(JSON.stringify(value)));
}
