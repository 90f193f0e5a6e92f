import type * as z from 'zod/mini';
import type { JsonObject } from '../../json.ts';
import { present } from '../../json.ts';
import type { IndexEntry, Moment, Step } from '../../ledger/decision.ts';
import { type Change, Conflict, type Key } from '../../ledger/ledger.ts';
import { parseRecord } from '../../ledger/read-record.ts';
import type { DomainEvent } from '../../news/domain-events.ts';
import { failureOf } from '../../services/service-error.ts';
import type { System } from '../../services/system.ts';
import { backOff } from './back-off.ts';
import { tellOthers } from './publish-events.ts';

/** Domain events to publish for everything that one signal causes, in order. */
export type News = DomainEvent[];

/** One kind of record: how it decides, which lists it is in, and how its effects are performed. */
export type Actor<Record extends JsonObject, Signal, Effect> = {
  readonly schema: z.ZodMiniType<Record>;
  readonly decide: (record: Record | undefined, signal: Signal, moment: Moment) => Step<Record, Effect>;
  readonly index: (record: Record) => readonly IndexEntry[];
  /** The step of a record some of whose sole entries, `taken`, another record already holds. */
  readonly turnedAway?: (record: Record, moment: Moment, taken: readonly Key[]) => Step<Record, Effect>;
  /** Domain events that follow from the change, once it is recorded. */
  readonly news?: (before: Record | undefined, after: Record) => readonly DomainEvent[];
  /**
   * Performs an effect and returns signals for the same record. If no answer comes, the reconciler asks for it. Pass
   * `news` on when you signal another record here.
   */
  readonly perform: (system: System, effect: Effect, news: News) => Promise<readonly Signal[]>;
};

/** The record after the last signal, and all effects that were decided on the way. */
export type Advanced<Record, Effect> = {
  readonly record: Record | undefined;
  readonly effects: readonly Effect[];
  /** Effects that were not performed. */
  readonly deferred: readonly Effect[];
};

/**
 * Takes signals to a record: decides, records, and only then performs the effects. Their answers are signals again.
 *
 * @param news absent: this is the outermost call, which publishes when it returns
 * @param defer effects that the caller performs itself
 * @throws {Conflict} the decision claims an item that exists already, or the record has changed meanwhile
 */
export async function advance<Record extends JsonObject, Signal, Effect>(
  system: System,
  actor: Actor<Record, Signal, Effect>,
  key: Key,
  signals: readonly Signal[],
  news?: News,
  defer: (effect: Effect) => boolean = () => false,
): Promise<Advanced<Record, Effect>> {
  const pending = [...signals];
  let record: Record | undefined;
  const effects: Effect[] = [];
  const deferred: Effect[] = [];
  // published at the end: no task waits for the bus
  const told = news ?? [];
  try {
    for (let signal = pending.shift(); signal !== undefined; signal = pending.shift()) {
      const { before, step } = await decideAndRecord(system, actor, key, signal);
      record = step.record;
      if (record !== undefined && record !== before) told.push(...(actor.news?.(before, record) ?? []));
      for (const effect of step.effects) {
        effects.push(effect);
        if (defer(effect)) deferred.push(effect);
        else pending.push(...(await actor.perform(system, effect, told)));
      }
    }
    return { record, effects, deferred };
  } finally {
    if (news === undefined) await tellOthers(system, told);
  }
}

async function decideAndRecord<Record extends JsonObject, Signal, Effect>(
  system: System,
  actor: Actor<Record, Signal, Effect>,
  key: Key,
  signal: Signal,
): Promise<{ readonly before: Record | undefined; readonly step: Step<Record, Effect> }> {
  const again = backOff(system);
  let taken: readonly Key[] = [];
  for (;;) {
    const item = await system.ledger.get(key);
    const before = item === undefined ? undefined : parseRecord(actor.schema, item);
    const moment = { now: system.clock(), random: system.random() };
    const decided = actor.decide(before, signal, moment);
    const indexBefore = before === undefined ? [] : actor.index(before);
    const step = taken.length > 0 ? (turnAway(actor, indexBefore, decided, moment, taken) ?? decided) : decided;
    if (step.record === undefined || step.record === before) return { before, step };
    const change: Change = { key, expect: item?.version ?? 0, value: step.record };
    const { claims = [] } = step;
    const claimed = claims.map((claim): Change => ({ ...claim, expect: 0 }));
    try {
      await system.ledger.write([change, ...indexChanges(indexBefore, actor.index(step.record)), ...claimed]);
      return { before, step };
    } catch (error) {
      if (error instanceof Conflict)
        taken = await heldAmong(system, soleEntries(indexBefore, actor.index(step.record)));
      // a decision with claims may decide otherwise on the items that exist by now
      const mayWrite = error instanceof Conflict ? claims.length === 0 : failureOf(error).kind === 'refused';
      if (!mayWrite || !(await again())) throw error;
    }
  }
}

function turnAway<Record extends JsonObject, Signal, Effect>(
  actor: Actor<Record, Signal, Effect>,
  indexBefore: readonly IndexEntry[],
  { record }: Step<Record, Effect>,
  moment: Moment,
  taken: readonly Key[],
): Step<Record, Effect> | undefined {
  // by now the record itself may have the entry: the same signal came twice at once
  if (record === undefined || soleEntries(indexBefore, actor.index(record)).length === 0) return undefined;
  return actor.turnedAway?.(record, moment, taken);
}

/** Entries that the record needs and does not have yet. */
function soleEntries(before: readonly IndexEntry[], after: readonly IndexEntry[]): readonly Key[] {
  const has = new Set(before.map(({ key }) => nameOf(key)));
  return after.flatMap(({ key, sole }) => (sole && !has.has(nameOf(key)) ? [key] : []));
}

async function heldAmong(system: System, keys: readonly Key[]): Promise<readonly Key[]> {
  const held: Key[] = [];
  for (const key of keys) if ((await system.ledger.get(key)) !== undefined) held.push(key);
  return held;
}

function nameOf({ partition, sort }: Key): string {
  return JSON.stringify([partition, sort]);
}

/** Index entries follow from the record and are written with it, so the two never disagree. */
function indexChanges(before: readonly IndexEntry[], after: readonly IndexEntry[]): Change[] {
  const name = ({ key }: IndexEntry) => nameOf(key);
  const kept = new Map(after.map((entry) => [name(entry), entry]));
  const known = new Map(before.map((entry) => [name(entry), JSON.stringify(entry.value)]));
  const dropped = before.filter((entry) => !kept.has(name(entry)));
  const changed = after.filter((entry) => known.get(name(entry)) !== JSON.stringify(entry.value));
  return [
    ...dropped.map(({ key }) => ({ key, expect: 'any' as const, value: undefined })),
    ...changed.map(({ key, value, expires, sole }) => ({
      key,
      expect: sole && !known.has(nameOf(key)) ? 0 : ('any' as const),
      value,
      ...present({ expires }),
    })),
  ];
}
