import * as z from 'zod/mini';
import type { ServiceCall } from '../calls/calls.ts';
import { type Json, type JsonObject, present } from '../json.ts';

export type Found = { readonly name: string; readonly output: JsonObject };

/** Undefined: it is no address. */
export function lookForObject(object: Json): ServiceCall<'s3:ListObjectsV2'> | undefined {
  const address = addressOf(object);
  if (address === undefined) return undefined;
  // a key comes before all that begin with it; of a folder, the first may be its own mark
  return { call: 's3:ListObjectsV2', input: { Bucket: address.bucket, Prefix: address.key, MaxKeys: 2 } };
}

const listing = z.object({
  Contents: z.optional(
    z.array(z.object({ Key: z.string(), Size: z.optional(z.number()), LastModified: z.optional(z.date()) })),
  ),
});

export function objectIn(answer: unknown, object: Json): Found | undefined {
  const { bucket, key } = addressOf(object) ?? {};
  const fits = ({ Key }: { readonly Key: string }) => (key?.endsWith('/') ? Key !== key : Key === key);
  const found = listing.safeParse(answer).data?.Contents?.find(fits);
  if (found === undefined) return undefined;
  const name = `s3://${bucket}/${found.Key}`;
  return {
    name,
    output: { object: name, ...present({ size: found.Size, modified: found.LastModified?.toISOString() }) },
  };
}

function addressOf(object: Json): { readonly bucket: string; readonly key: string } | undefined {
  if (typeof object !== 'string') return undefined;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(object) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/** The buckets that an address, or the texts of an expression, name as a whole: the functions may look into them. */
export function bucketsOf(object: Json): string[] {
  if (typeof object !== 'string') return [];
  if (!object.startsWith('{%')) return [addressOf(object)?.bucket ?? []].flat();
  return [...new Set([...object.matchAll(/['"]s3:\/\/([^/'"]+)\//g)].flatMap(([, name = '']) => name))];
}
