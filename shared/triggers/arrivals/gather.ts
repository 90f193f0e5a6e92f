import * as z from 'zod/mini';
import type { ObjectCreated } from '../../events/object-created.ts';
import type { IndexEntry, Moment, Step } from '../../ledger/decision.ts';
import { digest } from '../../ledger/digest.ts';
import { batchKey, dueShards, dueSort, openShards } from '../../ledger/ledger-keys.ts';
import type { BatchRules } from '../../model/trigger.ts';
import { matchKey, readKeyPattern } from '../../patterns/key-pattern.ts';
import { arrivalItems } from './arrival-items.ts';
import { type BatchEnding, type BatchRecord, batchIndex } from './batch-record.ts';

/** The open batch of a trigger's objects that bind the same parameters. Times are epoch milliseconds. */
export const gathering = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  bucket: z.string(),
  params: z.record(z.string(), z.string()),
  /** Number of the open batch, or of the next one. */
  number: z.number(),
  /** Absent: no object has arrived for it yet. */
  open: z.exactOptional(
    z.object({
      first: z.number(),
      last: z.number(),
      /** With the marker, and without. */
      members: z.number(),
      count: z.number(),
      bytes: z.number(),
      /** Expected objects that have arrived: digests of keys, or names. */
      seen: z.array(z.string()),
      /** When it ends if nothing else arrives. Absent: time does not end it. */
      until: z.exactOptional(z.number()),
    }),
  ),
});
export type Gathering = z.output<typeof gathering>;
type Open = NonNullable<Gathering['open']>;

export type Stream = Pick<Gathering, 'pipeline' | 'trigger' | 'bucket' | 'params'>;

export type GatheringSignal =
  /** New objects only. At most {@link atOnce}. */
  | {
      readonly is: 'arrived';
      readonly stream: Stream;
      readonly rules: BatchRules;
      readonly objects: readonly { readonly object: ObjectCreated; readonly marker: boolean }[];
    }
  | { readonly is: 'tick'; readonly rules: BatchRules };

export type GatheringEffect = { readonly do: 'start'; readonly batch: string };

export type GatheringStep = Step<Gathering, GatheringEffect>;

/** Each object takes up to four of a write's hundred changes: two of its own, and a batch that it completes. */
export const atOnce = 24;

/** Adds objects to the open batch and ends batches. Objects after an end belong to the next batch. */
export function gather(record: Gathering | undefined, signal: GatheringSignal, { now }: Moment): GatheringStep {
  if (signal.is === 'tick') {
    if (record?.open === undefined) return { record, effects: [] };
    const ending = endingOf(record.open, signal.rules, now);
    return ending === undefined
      ? keepTime(record, record.open, signal.rules)
      : end([], record, record.open, signal.rules, ending);
  }
  const { stream, rules, objects } = signal;
  let step: GatheringStep = { record: record ?? { ...stream, number: 1 }, effects: [], claims: [] };
  for (const arrived of objects) {
    step = endByTime(step, rules, now);
    step = add(step, arrived, rules, now);
  }
  return step;
}

/** The batch may be past its deadline before the reconciler noticed. */
function endByTime(step: GatheringStep, rules: BatchRules, now: number): GatheringStep {
  const { record } = step;
  const due = record?.open !== undefined && (untilOf(record.open, rules) ?? Number.POSITIVE_INFINITY) <= now;
  if (record?.open === undefined || !due) return step;
  const ending = endingOf(record.open, rules, now);
  return ending === undefined ? step : merge(step, end([], record, record.open, rules, ending));
}

function add(
  step: GatheringStep,
  arrived: { readonly object: ObjectCreated; readonly marker: boolean },
  rules: BatchRules,
  now: number,
): GatheringStep {
  const { record } = step;
  if (record === undefined) return step;
  const before: Open = record.open ?? { first: now, last: now, members: 0, count: 0, bytes: 0, seen: [] };
  const { object, marker } = arrived;
  const grown: Open = {
    first: before.first,
    last: now,
    members: before.members + 1,
    count: before.count + (marker ? 0 : 1),
    bytes: before.bytes + (marker ? 0 : (object.size ?? 0)),
    seen: marker ? before.seen : expectedWith(before.seen, object.key, rules),
  };
  const until = untilOf(grown, rules);
  const open = until === undefined ? grown : { ...grown, until };
  const place = { pipeline: record.pipeline, trigger: record.trigger, batch: batchId(record) };
  const claims = arrivalItems(place, arrived, open.members, now);
  const ending = marker ? 'marker' : endingOf(open, rules, now);
  if (ending === undefined) return merge(step, { record: { ...record, open }, effects: [], claims });
  return merge(step, end(claims, record, open, rules, ending));
}

function merge(before: GatheringStep, after: GatheringStep): GatheringStep {
  return {
    record: after.record,
    effects: [...before.effects, ...after.effects],
    claims: [...(before.claims ?? []), ...(after.claims ?? [])],
  };
}

/** The complete batch becomes a record of its own, in the same write. */
function end(
  claims: readonly IndexEntry[],
  record: Gathering,
  open: Open,
  rules: BatchRules,
  ending: BatchEnding,
): GatheringStep {
  const { pipeline, trigger, bucket, params, number } = record;
  const id = batchId(record);
  const missing = missingOf(open, rules);
  const batch: BatchRecord = {
    id,
    pipeline,
    trigger,
    bucket,
    params,
    cause: `${trigger}\nbatch ${id}`,
    label: [trigger, ...Object.values(params), number].join('-'),
    ending,
    first: open.first,
    last: open.last,
    count: open.count,
    bytes: open.bytes,
    ...(missing.length === 0 ? {} : { missing }),
    state: 'complete',
  };
  const { open: _, ...next } = record;
  return {
    record: { ...next, number: number + 1 },
    effects: [{ do: 'start', batch: id }],
    claims: [...claims, { key: batchKey(id), value: batch }, ...batchIndex(batch)],
  };
}

function endingOf(open: Open, rules: BatchRules, now: number): BatchEnding | undefined {
  const { size, bytes, windowSeconds, quietSeconds, expect } = rules;
  if (size !== undefined && open.count >= size) return 'size';
  if (bytes !== undefined && open.bytes >= bytes) return 'bytes';
  const expected = typeof expect === 'number' ? expect : expect?.length;
  if (expected !== undefined && open.seen.length >= expected) return 'expect';
  if (windowSeconds !== undefined && now >= open.first + windowSeconds * 1000) return 'window';
  if (quietSeconds !== undefined && now >= open.last + quietSeconds * 1000) return 'quiet';
  return undefined;
}

function untilOf({ first, last }: Open, { windowSeconds, quietSeconds }: BatchRules): number | undefined {
  const ends = [
    ...(windowSeconds === undefined ? [] : [first + windowSeconds * 1000]),
    ...(quietSeconds === undefined ? [] : [last + quietSeconds * 1000]),
  ];
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** The rules may have changed since the last object arrived. */
function keepTime(record: Gathering, open: Open, rules: BatchRules): GatheringStep {
  const until = untilOf(open, rules);
  if (until === open.until) return { record, effects: [] };
  const { until: _, ...rest } = open;
  return { record: { ...record, open: until === undefined ? rest : { ...rest, until } }, effects: [] };
}

function expectedWith(seen: readonly string[], key: string, { expect }: BatchRules): string[] {
  if (expect === undefined) return [];
  const names = typeof expect === 'number' ? [digest(key)] : expect.filter((name) => isNamed(key, name));
  return [...new Set([...seen, ...names])];
}

function isNamed(key: string, name: string): boolean {
  const { pattern } = readKeyPattern(name);
  return pattern !== undefined && matchKey(pattern, key.slice(key.lastIndexOf('/') + 1)) !== undefined;
}

/** Expected names that have not arrived. */
export function missingOf({ seen }: Pick<Open, 'seen'>, { expect }: Pick<BatchRules, 'expect'>): string[] {
  return typeof expect === 'object' ? expect.filter((name) => !seen.includes(name)) : [];
}

export function batchId({ pipeline, trigger, params, number }: Pick<Gathering, keyof Stream | 'number'>): string {
  return `${pipeline}.${trigger}.${digest(JSON.stringify(params))}.${number}`;
}

export function gatheringIndex({ pipeline, trigger, params, open }: Gathering): IndexEntry[] {
  if (open === undefined) return [];
  const sort = `arrivals#${pipeline}#${trigger}#${digest(JSON.stringify(params))}`;
  const value = { kind: 'arrivals', pipeline, trigger, params };
  const { until } = open;
  if (until === undefined) return [{ key: openShards.key(sort, sort), value }];
  return [
    { key: openShards.key(sort, sort), value: { ...value, until } },
    { key: dueShards.key(sort, dueSort(until, sort)), value },
  ];
}
