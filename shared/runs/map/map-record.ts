import * as z from 'zod/mini';
import { type IndexEntry, storedJson } from '../../ledger/decision.ts';
import { openShards } from '../../ledger/ledger-keys.ts';

/** The task attempt that the items belong to. */
export type MapRef = { readonly run: string; readonly task: string; readonly attempt: number };

/** More would need more than one record. */
export const mostItems = 10_000;

/** A failed item, for people. `run` is absent if its run was refused. */
const failedItem = z.object({
  index: z.number(),
  label: z.string(),
  run: z.exactOptional(z.string()),
  why: z.string(),
});
export type FailedItem = z.output<typeof failedItem>;

/**
 * The items of a task: each is a run of another pipeline. Their values are in items of their own, so this record stays
 * small: one character for each item. Times are epoch milliseconds.
 */
export const mapRecord = z.object({
  run: z.string(),
  task: z.string(),
  attempt: z.number(),
  /** The pipeline that runs for each item. */
  inner: z.string(),
  /** Identifies the values of the items. */
  values: z.string(),
  /** One of {@link itemStates} for each item. */
  states: z.string(),
  /** How many items run at the same time. */
  atOnce: z.number(),
  /** How many items may fail without failing the task. */
  tolerated: z.number(),
  /** Tasks of the inner pipeline whose outputs are gathered. */
  outputs: z.array(z.string()),
  /** The first failed items. */
  failures: z.array(failedItem),
  startedOn: z.number(),
  /** When items were last started. */
  lastStart: z.number(),
  /** No further item starts, and those that run are stopped. */
  stopped: z.exactOptional(z.literal(true)),
  /** All items have ended, and their outputs are still to be gathered. */
  gathering: z.exactOptional(z.literal(true)),
  /** The outputs of the items, or the address of a file with them. */
  gathered: z.exactOptional(z.record(z.string(), storedJson)),
  ended: z.exactOptional(z.object({ at: z.number(), as: z.enum(['succeeded', 'failed', 'stopped']) })),
});
export type MapRecord = z.output<typeof mapRecord>;

/**
 * `live`: its run may have started and has not ended. `kept`: it succeeded in an earlier attempt or run. `stopped`: with
 * the task.
 */
export const itemStates = { waiting: '.', live: 's', succeeded: 'd', failed: 'f', kept: 'k', stopped: 'x' } as const;
export type ItemState = keyof typeof itemStates;

export function countOf({ states }: Pick<MapRecord, 'states'>, state: ItemState): number {
  return states.split(itemStates[state]).length - 1;
}

/** The indexes of the items in a state, at most so many. */
export function indexesOf(
  { states }: Pick<MapRecord, 'states'>,
  state: ItemState,
  most = Number.POSITIVE_INFINITY,
): number[] {
  const found: number[] = [];
  for (let at = states.indexOf(itemStates[state]); at >= 0 && found.length < most; ) {
    found.push(at);
    at = states.indexOf(itemStates[state], at + 1);
  }
  return found;
}

/** The reconciler looks at it until it has ended. */
export function mapIndex({ run, task, attempt, ended }: MapRecord): IndexEntry[] {
  if (ended !== undefined) return [];
  const value = { kind: 'items', run, task, attempt };
  return [{ key: openShards.key(run, `items#${run}#${task}#${attempt}`), value }];
}
