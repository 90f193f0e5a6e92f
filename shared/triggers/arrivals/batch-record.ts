import * as z from 'zod/mini';
import type { IndexEntry } from '../../ledger/decision.ts';
import { openShards } from '../../ledger/ledger-keys.ts';

/** An object of a batch, as it lies in the ledger and is handed to the run. */
export const batchObject = z.object({
  bucket: z.string(),
  key: z.string(),
  /** Bytes. */
  size: z.exactOptional(z.number()),
  version: z.exactOptional(z.string()),
  etag: z.exactOptional(z.string()),
  sequencer: z.exactOptional(z.string()),
  /** It ended the batch, and is none of the objects that the run is for. */
  marker: z.exactOptional(z.literal(true)),
});
export type BatchObject = z.output<typeof batchObject>;

/** What ended a batch. `object`: its trigger makes no batches, and each object is one. */
export const endings = ['object', 'size', 'bytes', 'marker', 'expect', 'window', 'quiet'] as const;
export type BatchEnding = (typeof endings)[number];

/** A batch that is complete. Times are epoch milliseconds. */
export const batchRecord = z.object({
  id: z.string(),
  pipeline: z.string(),
  trigger: z.string(),
  bucket: z.string(),
  params: z.record(z.string(), z.string()),
  /** Of the run that it starts. */
  cause: z.string(),
  label: z.string(),
  ending: z.enum(endings),
  /** When the first and the last of its objects came. */
  first: z.number(),
  last: z.number(),
  /** Without the marker. */
  count: z.number(),
  bytes: z.number(),
  /** Names that were expected and have not come. */
  missing: z.exactOptional(z.array(z.string())),
  /** `refused`: it lies with the dead letters. */
  state: z.enum(['complete', 'started', 'refused']),
  run: z.exactOptional(z.string()),
});
export type BatchRecord = z.output<typeof batchRecord>;

export function batchIndex({ id, state }: BatchRecord): IndexEntry[] {
  if (state !== 'complete') return [];
  return [{ key: openShards.key(id, `batch#${id}`), value: { kind: 'batch', name: id } }];
}
