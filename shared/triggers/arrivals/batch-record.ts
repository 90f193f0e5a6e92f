import * as z from 'zod/mini';
import type { IndexEntry } from '../../ledger/decision.ts';
import { openShards } from '../../ledger/ledger-keys.ts';

/** An object of a batch, in the ledger and for the run. */
export const batchObject = z.object({
  bucket: z.string(),
  key: z.string(),
  /** Bytes. */
  size: z.exactOptional(z.number()),
  version: z.exactOptional(z.string()),
  etag: z.exactOptional(z.string()),
  sequencer: z.exactOptional(z.string()),
  /** It ended the batch and is not one of the run's objects. */
  marker: z.exactOptional(z.literal(true)),
});
export type BatchObject = z.output<typeof batchObject>;

/** What ended a batch. `object`: the trigger makes no batches, so each object is one. */
export const endings = ['object', 'size', 'bytes', 'marker', 'expect', 'window', 'quiet'] as const;
export type BatchEnding = (typeof endings)[number];

/** A complete batch. Times are epoch milliseconds. */
export const batchRecord = z.object({
  id: z.string(),
  pipeline: z.string(),
  trigger: z.string(),
  bucket: z.string(),
  params: z.record(z.string(), z.string()),
  /** Cause of its run. */
  cause: z.string(),
  label: z.string(),
  ending: z.enum(endings),
  /** When the first and the last object arrived. */
  first: z.number(),
  last: z.number(),
  /** Without the marker. */
  count: z.number(),
  bytes: z.number(),
  /** Expected names that did not arrive. */
  missing: z.exactOptional(z.array(z.string())),
  /** `refused`: it became a dead letter. */
  state: z.enum(['complete', 'started', 'refused']),
  run: z.exactOptional(z.string()),
});
export type BatchRecord = z.output<typeof batchRecord>;

export function batchIndex({ id, state }: BatchRecord): IndexEntry[] {
  if (state !== 'complete') return [];
  return [{ key: openShards.key(id, `batch#${id}`), value: { kind: 'batch', name: id } }];
}
