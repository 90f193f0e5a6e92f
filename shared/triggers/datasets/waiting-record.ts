import * as z from 'zod/mini';
import { present } from '../../json.ts';
import type { IndexEntry } from '../../ledger/decision.ts';
import { dueShards, dueSort, openShards, waitingPartition } from '../../ledger/ledger-keys.ts';

export const publicationRecord = z.object({
  /** Equal publications are the same. */
  by: z.string(),
  run: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** How many runs in a row led to it. */
  depth: z.number(),
});
export type Publication = z.output<typeof publicationRecord>;

const have = z.record(z.string(), publicationRecord);

/** The datasets that a trigger has, for one interval, or, without intervals, since its last run. */
export const waitingRecord = z.object({
  pipeline: z.string(),
  trigger: z.string(),
  /** The interval's key, or `-`. */
  key: z.string(),
  interval: z.exactOptional(z.object({ start: z.string(), end: z.string() })),
  have,
  /** Publications that were counted. */
  seen: z.record(z.string(), z.array(z.string())),
  /** Datasets of the last run. */
  used: z.array(z.string()),
  /** Runs that it started. */
  round: z.number(),
  /** Runs that it still has to start. */
  owed: z.array(z.object({ round: z.number(), have })),
  deadlineAt: z.exactOptional(z.number()),
  alerted: z.exactOptional(z.literal(true)),
  /** The deadline skipped it. */
  closed: z.exactOptional(z.literal(true)),
});
export type WaitingRecord = z.output<typeof waitingRecord>;

export function waitingIndex(record: WaitingRecord): IndexEntry[] {
  const { pipeline, trigger, key, interval, have: there, round, closed, alerted, deadlineAt, owed } = record;
  const waits = closed === undefined && (interval === undefined || round === 0);
  const sort = `${pipeline}#${trigger}#${key}`;
  const entries: IndexEntry[] = [];
  if (waits && Object.keys(there).length > 0) {
    const value = { pipeline, trigger, key, have: Object.keys(there), ...present({ interval }) };
    const due = deadlineAt === undefined ? {} : { deadlineAt };
    entries.push({ key: { partition: waitingPartition, sort }, value: { ...value, ...due } });
  }
  const dueAt = waits && alerted === undefined ? deadlineAt : undefined;
  if (owed.length > 0 || dueAt !== undefined) {
    const value = { kind: 'waiting', pipeline, name: trigger, key };
    const open = `waiting#${sort}`;
    entries.push({ key: openShards.key(sort, open), value });
    if (dueAt !== undefined) entries.push({ key: dueShards.key(sort, dueSort(dueAt, open)), value });
  }
  return entries;
}
