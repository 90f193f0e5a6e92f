import * as z from 'zod/mini';
import type { ServiceCall } from '../../calls/calls.ts';
import { type Json, present } from '../../json.ts';
import { field } from '../../reading/fields.ts';
import { textOf } from '../kind/text-of.ts';
import type { Found, Sensed } from './sensed.ts';

const isExpression = (text: string): boolean => text.startsWith('{%');
/** `*` would be taken literally: S3 knows no patterns. */
const isAddress = (text: string): boolean => /^s3:\/\/[^/*]+\/[^*]+$/.test(text);

/** As it is written. */
export const sensedObject = z.strictObject({
  object: field(z.string().check(z.refine((text) => isAddress(text) || isExpression(text))), {
    expected: 'the address of an object, or of a folder, or an expression that makes one',
    remedy: 'write s3://BUCKET/KEY, or s3://BUCKET/FOLDER/ for any object below it; there are no patterns',
    examples: ['s3://landing/orders/_SUCCESS', 's3://landing/orders/'],
  }),
});

/** An object in S3, or any object of a folder. */
export function senseObject(object: Json): Sensed {
  const buckets = bucketsOf(object);
  return {
    name: textOf(object),
    given: object,
    wanted: 'an address such as s3://BUCKET/KEY',
    look: lookForObject(object),
    found: (answer) => objectIn(answer, object),
    uses: buckets.map((name) => ({ what: 'watched-bucket', name })),
    ...present({ mistake: buckets.length === 0 ? noBucket : undefined }),
  };
}

const noBucket = {
  path: ['sensor', 'object'],
  code: 'sensor-bucket',
  message: 'the expression does not hold the whole name of its bucket, so nobody can be allowed to look there',
  remedy: "begin with the bucket as a text: `{% 's3://BUCKET/' & … %}`",
};

function lookForObject(object: Json): ServiceCall<'s3:ListObjectsV2'> | undefined {
  const address = addressOf(object);
  if (address === undefined) return undefined;
  // a key comes before all that begin with it; of a folder, the first may be its own marker
  return { call: 's3:ListObjectsV2', input: { Bucket: address.bucket, Prefix: address.key, MaxKeys: 2 } };
}

const listing = z.object({
  Contents: z.optional(
    z.array(z.object({ Key: z.string(), Size: z.optional(z.number()), LastModified: z.optional(z.date()) })),
  ),
});

function objectIn(answer: unknown, object: Json): Found | undefined {
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
function bucketsOf(object: Json): string[] {
  if (typeof object !== 'string') return [];
  if (!object.startsWith('{%')) return [addressOf(object)?.bucket ?? []].flat();
  return [...new Set([...object.matchAll(/['"]s3:\/\/([^/'"]+)\//g)].flatMap(([, name = '']) => name))];
}
