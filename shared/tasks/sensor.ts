import * as z from 'zod/mini';
import { type Json, present } from '../json.ts';
import { storedJson } from '../ledger/decision.ts';
import { about, duration, field } from '../reading/fields.ts';
import { readDuration } from '../units/duration.ts';
import type { TaskKind } from './task-kind.ts';
import { waiting } from './waiting.ts';

const work = z.object({
  kind: z.literal('sensor'),
  /** An address; with its expression evaluated, anything. */
  object: storedJson,
  /** From one look to the next. */
  seconds: z.number(),
});
export type SensorWork = z.output<typeof work>;

const isExpression = (text: string): boolean => text.startsWith('{%');
/** `*` would be taken literally: S3 knows no patterns. */
const isAddress = (text: string): boolean => /^s3:\/\/[^/*]+\/[^*]+$/.test(text);

const object = field(z.string().check(z.refine((text) => isAddress(text) || isExpression(text))), {
  expected: 'the address of an object, or of a folder, or an expression that makes one',
  remedy: 'write s3://BUCKET/KEY, or s3://BUCKET/FOLDER/ for any object below it; there are no patterns',
});

const fields = {
  sensor: field(z.strictObject({ object }), {
    expected: 'what is waited for, such as { object: "s3://landing/prices.csv" }',
    remedy: 'write `sensor: { object: "s3://BUCKET/KEY" }`',
  }),
  every: about('The time from one look to the next, a minute at least; 1m by default', duration),
};
const schema = z.object(fields);

const leastSeconds = 60;

/** Waits until an object is there. */
export const sensor = {
  kind: 'sensor',
  service: 'Gluewright',
  file: {
    fields,
    words: [
      ...['s3keysensor', 's3sensor', 's3keyssensor', 's3prefixsensor', 'filesensor', 'objectsensor', 'fileexists'],
      ...['waitforfile', 'waitforobject', 'waitfors3', 'waituntilobjectexists', 'poke', 'poll'],
    ],
    shape: '{ object: "s3://BUCKET/KEY" }',
    expressions: ['sensor'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { sensor, every } = read.data;
      const seconds = every === undefined ? leastSeconds : (readDuration(every) ?? leastSeconds);
      return { kind: 'sensor', object: sensor.object, seconds };
    },
    check({ object, seconds }, _, report) {
      if (seconds < leastSeconds) {
        report({
          path: ['every'],
          code: 'sensor-every',
          message: 'a sensor looks once a minute at most',
          remedy: 'write `every: 1m`, or more',
        });
      }
      if (bucketsOf(object).length === 0) {
        report({
          path: ['sensor', 'object'],
          code: 'sensor-bucket',
          message: 'the expression does not hold the whole name of its bucket, so nobody can be allowed to look there',
          remedy: "begin with the bucket as a text: `{% 's3://BUCKET/' & … %}`",
        });
      }
    },
    values: ({ object }) => ({ object }),
    noLocal: 'it looks into the buckets of this machine as on AWS: put the object there',
    noOutput: () => undefined,
  },
  things: {
    'watched-bucket': { service: 's3', resource: (name) => name, global: true },
  },
  uses: ({ object }) => bucketsOf(object).map((name) => ({ what: 'watched-bucket', name })),
  renamed: (work, _, value) => ({ ...work, object: value(work.object) }),
  runs: waiting<SensorWork>({
    work,
    name: ({ object }) => (typeof object === 'string' ? object : JSON.stringify(object)).slice(0, 200),
    looks: {
      // counted from the beginning, so that looks that come late do not put off all that follow
      due: ({ seconds }, since, now) => {
        const between = seconds * 1_000;
        return since + (Math.max(0, Math.floor((now - since) / between)) + 1) * between;
      },
      call({ object }) {
        const address = addressOf(object);
        if (address === undefined) return undefined;
        const { bucket: Bucket, key: Prefix } = address;
        // a key comes before all that begin with it; of a folder, the first may be its own mark
        return { call: 's3:ListObjectsV2', input: { Bucket, Prefix, MaxKeys: 2 } };
      },
      read(answer, { object }, _, now) {
        const address = addressOf(object);
        if (address === undefined) {
          const message = `sensor: came to ${JSON.stringify(object).slice(0, 200)}, which is no address such as s3://BUCKET/KEY`;
          return { is: 'failed', says: 'failed', message, final: true };
        }
        const { bucket, key } = address;
        const found = listing
          .safeParse(answer)
          .data?.Contents?.find(({ Key }) => (key.endsWith('/') ? Key !== key : Key === key));
        if (found === undefined) return { is: 'open', says: 'waiting' };
        const output = {
          object: `s3://${bucket}/${found.Key}`,
          foundAt: new Date(now).toISOString(),
          ...present({ size: found.Size, modified: found.LastModified?.toISOString() }),
        };
        return { is: 'succeeded', says: 'found', message: `found ${output.object} at ${output.foundAt}`, output };
      },
    },
    gone: ['NoSuchBucket'],
    sends: [{ call: 's3:ListObjectsV2', action: 's3:ListBucket', on: 'watched-bucket', begins: true }],
    errors: {
      failed: 'Gluewright.SensorFailed',
      timedOut: 'Gluewright.SensorTimedOut',
      stopped: 'Gluewright.SensorStopped',
      final: 'Gluewright.NoAddress',
    },
  }),
} as const satisfies TaskKind<SensorWork>;

const listing = z.object({
  Contents: z.optional(
    z.array(z.object({ Key: z.string(), Size: z.optional(z.number()), LastModified: z.optional(z.date()) })),
  ),
});

function addressOf(object: Json): { readonly bucket: string; readonly key: string } | undefined {
  if (typeof object !== 'string') return undefined;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(object) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/** The buckets that an address, or the texts of an expression, name as a whole: the functions may look into them. */
function bucketsOf(object: Json): string[] {
  if (typeof object !== 'string') return [];
  if (!isExpression(object)) return [addressOf(object)?.bucket ?? []].flat();
  return [...new Set([...object.matchAll(/['"]s3:\/\/([^/'"]+)\//g)].flatMap(([, name = '']) => name))];
}
