import * as z from 'zod/mini';
import { storedJson } from '../../ledger/decision.ts';
import { about, choice, described, duration } from '../../reading/fields.ts';
import { readDuration } from '../../units/duration.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import type { Sensed } from './sensed.ts';
import { senseDataset, sensedDataset } from './sensed-dataset.ts';
import { sensedObject, senseObject } from './sensed-object.ts';
import { sensedPartition, sensePartition } from './sensed-partition.ts';
import { sensedUrl, senseUrl } from './sensed-url.ts';

const work = z.object({
  kind: z.literal('sensor'),
  /** As written; with their expressions evaluated, addresses, intervals and values may be anything. */
  of: z.union([
    z.object({ dataset: z.string(), interval: storedJson }),
    z.object({ partition: z.string(), values: storedJson }),
    z.object({ object: storedJson }),
    z.object({ url: storedJson }),
  ]),
  /** From one look to the next. */
  seconds: z.number(),
});
export type SensorWork = z.output<typeof work>;

function sense({ of }: Pick<SensorWork, 'of'>): Sensed {
  if ('object' in of) return senseObject(of.object);
  if ('dataset' in of) return senseDataset(of.dataset, of.interval);
  return 'partition' in of ? sensePartition(of.partition, of.values) : senseUrl(of.url);
}

const fields = {
  sensor: described(
    'What is waited for: an object in S3, a partition of a table, a dataset that a task publishes, or an address',
    choice('a sensor', {
      object: sensedObject,
      dataset: sensedDataset,
      partition: sensedPartition,
      url: sensedUrl,
    }),
    [{ object: 's3://landing/orders/_SUCCESS' }, { dataset: 'orders' }],
  ),
  every: about('The time from one look to the next, a minute at least; 1m by default', duration),
};
const schema = z.object(fields);

const leastSeconds = 60;

/** Waits until something is there. */
export const sensor = {
  kind: 'sensor',
  service: 'Gluewright',
  file: {
    fields,
    words: [
      ...['s3keysensor', 's3sensor', 's3keyssensor', 's3prefixsensor', 'filesensor', 'objectsensor', 'fileexists'],
      ...['waitforfile', 'waitforobject', 'waitfors3', 'waituntilobjectexists', 'poke', 'poll', 'httpsensor'],
      ...['gluecatalogpartitionsensor', 'namedhivepartitionsensor', 'partitionsensor', 'waitforpartition'],
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
      const { mistake } = sense({ of });
      if (mistake !== undefined) report(mistake);
    },
    values: ({ of }) => of,
    noLocal: 'it looks at the buckets and datasets of this machine as on AWS: put the object there',
    noOutput: () => undefined,
  },
  things: {
    'watched-bucket': { service: 's3', resource: (name) => name, scope: 'global' },
    'sensed-table': { service: 'glue', resource: (name) => `table/${name}` },
    'sensed-database': { service: 'glue', resource: (name) => `database/${name}` },
    'sensed-catalog': { service: 'glue', resource: () => 'catalog' },
  },
  uses: (work) => sense(work).uses,
  awaits: ({ of }) => ('dataset' in of ? of.dataset : undefined),
  renamed: ({ of, ...work }, _, value) => {
    if ('object' in of) return { ...work, of: { object: value(of.object) } };
    if ('dataset' in of) return { ...work, of: { ...of, interval: value(of.interval) } };
    return { ...work, of: 'partition' in of ? { ...of, values: value(of.values) } : { url: value(of.url) } };
  },
  runs: {
    by: 'looking',
    work,
    name: (work) => sense(work).name.slice(0, 200),
    looks: {
      // counted from the beginning, so that looks that come late do not put off all that follow
      due: ({ seconds }, since, now) => {
        const between = seconds * 1_000;
        return since + (Math.max(0, Math.floor((now - since) / between)) + 1) * between;
      },
      call: (work) => sense(work).look,
      read(answer, work, _, now) {
        const sensed = sense(work);
        if (sensed.look === undefined) {
          const given = JSON.stringify(sensed.given).slice(0, 200);
          const message = `sensor: came to ${given}, which is not ${sensed.wanted}`;
          return { is: 'failed', says: 'failed', message, final: true };
        }
        const found = sensed.found(answer);
        if (found === undefined) return { is: 'open', says: 'waiting' };
        const foundAt = new Date(now).toISOString();
        const message = `found ${found.name} at ${foundAt}`;
        return { is: 'succeeded', says: 'found', message, output: { ...found.output, foundAt } };
      },
    },
    gone: ['NoSuchBucket', 'EntityNotFoundException'],
    sends: [
      { call: 's3:ListObjectsV2', action: 's3:ListBucket', on: 'watched-bucket', begins: true },
      {
        call: 'glue:GetPartition',
        on: 'sensed-table',
        begins: true,
        needs: ['sensed-database', 'sensed-catalog'].map((on) => ({ action: 'glue:GetPartition', on })),
      },
    ],
    errors: {
      failed: 'Gluewright.SensorFailed',
      timedOut: 'Gluewright.SensorTimedOut',
      stopped: 'Gluewright.SensorStopped',
      final: 'Gluewright.NothingToLookFor',
    },
  },
} as const satisfies TaskKind<SensorWork>;
