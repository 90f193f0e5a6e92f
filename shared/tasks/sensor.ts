import * as z from 'zod/mini';
import type { WorkCall } from '../calls/own-call.ts';
import type { Json } from '../json.ts';
import { storedJson } from '../ledger/decision.ts';
import { about, choice, datasetName, described, duration, expression, field } from '../reading/fields.ts';
import { readDuration } from '../units/duration.ts';
import { datasetIn, lookForDataset } from './sensed-dataset.ts';
import { bucketsOf, lookForObject, objectIn } from './sensed-object.ts';
import type { TaskKind } from './task-kind.ts';

const work = z.object({
  kind: z.literal('sensor'),
  /** An address, or an interval, or null for none; with their expressions evaluated, anything. */
  of: z.union([z.object({ dataset: z.string(), interval: storedJson }), z.object({ object: storedJson })]),
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
  sensor: described(
    'What is waited for: an object in S3, or a dataset that a task publishes',
    choice('a sensor', {
      object: z.strictObject({ object }),
      dataset: z.strictObject({
        dataset: datasetName,
        interval: about('The interval that it is published for; where nothing is said, it is for none', expression),
      }),
    }),
  ),
  every: about('The time from one look to the next, a minute at least; 1m by default', duration),
};
const schema = z.object(fields);

const leastSeconds = 60;

/** Waits until an object is there, or a dataset has been published. */
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
      const of = 'dataset' in sensor ? { ...sensor, interval: sensor.interval ?? null } : sensor;
      return { kind: 'sensor', of, seconds };
    },
    check({ of, seconds }, _, report) {
      if (seconds < leastSeconds) {
        report({
          path: ['every'],
          code: 'sensor-every',
          message: 'a sensor looks once a minute at most',
          remedy: 'write `every: 1m`, or more',
        });
      }
      if ('object' in of && bucketsOf(of.object).length === 0) {
        report({
          path: ['sensor', 'object'],
          code: 'sensor-bucket',
          message: 'the expression does not hold the whole name of its bucket, so nobody can be allowed to look there',
          remedy: "begin with the bucket as a text: `{% 's3://BUCKET/' & … %}`",
        });
      }
    },
    values: ({ of }) => of,
    noLocal: 'it looks at the buckets and datasets of this machine as on AWS: put the object there',
    noOutput: () => undefined,
  },
  things: {
    'watched-bucket': { service: 's3', resource: (name) => name, scope: 'global' },
  },
  uses: ({ of }) => ('object' in of ? bucketsOf(of.object).map((name) => ({ what: 'watched-bucket', name })) : []),
  awaits: ({ of }) => ('dataset' in of ? of.dataset : undefined),
  renamed: ({ of, ...work }, _, value) => ({
    ...work,
    of: 'object' in of ? { object: value(of.object) } : { ...of, interval: value(of.interval) },
  }),
  runs: {
    by: 'looking',
    work,
    name: ({ of }) => ('object' in of ? textOf(of.object) : of.dataset).slice(0, 200),
    looks: {
      // counted from the beginning, so that looks that come late do not put off all that follow
      due: ({ seconds }, since, now) => {
        const between = seconds * 1_000;
        return since + (Math.max(0, Math.floor((now - since) / between)) + 1) * between;
      },
      call: lookFor,
      read(answer, work, _, now) {
        const { of } = work;
        const foundAt = new Date(now).toISOString();
        if (lookFor(work) === undefined) {
          const what = 'object' in of ? of.object : of.interval;
          const wanted =
            'object' in of ? 'an address such as s3://BUCKET/KEY' : 'an interval, {start, end} of two times';
          const message = `sensor: came to ${JSON.stringify(what).slice(0, 200)}, which is not ${wanted}`;
          return { is: 'failed', says: 'failed', message, final: true };
        }
        const found = 'object' in of ? objectIn(answer, of.object) : datasetIn(answer, of);
        if (found === undefined) return { is: 'open', says: 'waiting' };
        const { name, output } = found;
        return {
          is: 'succeeded',
          says: 'found',
          message: `found ${name} at ${foundAt}`,
          output: { ...output, foundAt },
        };
      },
    },
    gone: ['NoSuchBucket'],
    sends: [{ call: 's3:ListObjectsV2', action: 's3:ListBucket', on: 'watched-bucket', begins: true }],
    errors: {
      failed: 'Gluewright.SensorFailed',
      timedOut: 'Gluewright.SensorTimedOut',
      stopped: 'Gluewright.SensorStopped',
      final: 'Gluewright.NothingToLookFor',
    },
  },
} as const satisfies TaskKind<SensorWork>;

/** Undefined: there is no such thing to look for. */
function lookFor({ of }: SensorWork): WorkCall | undefined {
  return 'object' in of ? lookForObject(of.object) : lookForDataset(of);
}

function textOf(object: Json): string {
  return typeof object === 'string' ? object : JSON.stringify(object);
}
