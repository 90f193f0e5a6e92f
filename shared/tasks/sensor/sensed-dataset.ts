import * as z from 'zod/mini';
import type { OwnCall } from '../../calls/own-call.ts';
import type { Json } from '../../json.ts';
import { about, datasetName, expression } from '../../reading/fields.ts';
import { timeOf } from '../../units/time-of.ts';
import type { Found, Sensed } from './sensed.ts';

/** As it is written. */
export const sensedDataset = z.strictObject({
  dataset: datasetName,
  interval: about('The interval that it is published for; where nothing is said, it is for none', expression),
});

const time = z.string().check(z.refine((text) => timeOf(text) !== undefined));
const readInterval = z.nullable(z.object({ start: time, end: time }));
const publication = z.object({ run: z.string(), at: z.number() });

/** A dataset that some task publishes. @param interval null: for none */
export function senseDataset(dataset: string, interval: Json): Sensed {
  return {
    name: dataset,
    given: interval,
    wanted: 'an interval, {start, end} of two times',
    look: lookForDataset(dataset, interval),
    found: (answer) => datasetIn(answer, dataset, interval),
    uses: [],
  };
}

function lookForDataset(dataset: string, interval: Json): OwnCall | undefined {
  const read = readInterval.safeParse(interval);
  return read.success ? { call: 'gluewright:GetDataset', input: { dataset, interval: read.data } } : undefined;
}

function datasetIn(answer: unknown, dataset: string, interval: Json): Found | undefined {
  const published = publication.safeParse(answer).data;
  if (published === undefined) return undefined;
  const { run, at } = published;
  return { name: dataset, output: { dataset, interval, run, publishedAt: new Date(at).toISOString() } };
}
