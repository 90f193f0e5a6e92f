import * as z from 'zod/mini';
import type { OwnCall } from '../calls/own-call.ts';
import type { Json } from '../json.ts';
import type { Found } from './sensed-object.ts';

export type SensedDataset = { readonly dataset: string; readonly interval: Json };

const time = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));
const interval = z.nullable(z.object({ start: time, end: time }));
const publication = z.object({ run: z.string(), at: z.number() });

/** Undefined: the interval is none. */
export function lookForDataset(of: SensedDataset): OwnCall | undefined {
  const read = interval.safeParse(of.interval);
  if (!read.success) return undefined;
  return { call: 'gluewright:GetDataset', input: { dataset: of.dataset, interval: read.data } };
}

export function datasetIn(answer: unknown, { dataset, interval }: SensedDataset): Found | undefined {
  const published = publication.safeParse(answer).data;
  if (published === undefined) return undefined;
  const { run, at } = published;
  return { name: dataset, output: { dataset, interval, run, publishedAt: new Date(at).toISOString() } };
}
