import type * as z from 'zod/mini';
import type { JsonObject } from '../json.ts';
import { present } from '../json.ts';
import type { IndexEntry, Moment, Step } from '../ledger/decision.ts';
import { type Change, Conflict, type Key } from '../ledger/ledger.ts';
import { parseRecord } from '../ledger/read-record.ts';
import type { DomainEvent } from '../news/domain-events.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';
import { backOff } from './back-off.ts';
import { tellOthers } from './publish-events.ts';

/** What others will be told of all that one signal brings about, in its order. */
export type News = DomainEvent[];

/** One kind of record: how it is decided upon, which lists it stands in, and what is done about it. */
export type Actor<Record extends JsonObject, Signal, Effect> = {
  readonly schema: z.ZodMiniType<Record>;
  readonly decide: (record: Record | undefined, signal: Signal, moment: Moment) => Step<Record, Effect>;
  readonly index: (record: Record) => readonly IndexEntry[];
  /** What becomes of a record that is to be written, where another has a sole entry that it wants. */
  readonly turnedAway?: (record: Record, moment: Moment) => Step<Record, Effect>;
  /** What others are told, once it is recorded. */
  readonly news?: (before: Record | undefined, after: Record) => readonly DomainEvent[];
  /**
   * Does it, and answers with what came of it. An answer that does not come is asked for by the reconciler. Whoever
   * signals another record on the way hands `news` on.
   */
  readonly perform: (system: System, effect: Effect, news: News) => Promise<readonly Signal[]>;
};

/** The record as it is now, and all that was decided and done on the way there. */
export type Advanced<Record, Effect> = {
  readonly record: Record | undefined;
  readonly effects: readonly Effect[];
  /** Those that were not performed. */
  readonly deferred: readonly Effect[];
};

/**
 * Takes a signal to a record: decides, records, and only then performs the effects, whose answers are signals again.
 *
 * @param news absent: this is the outermost call, which tells others at its end
 * @param defer the effects that the caller performs itself
 * @throws {Conflict} what the decision claims is there already, or the record has changed meanwhile
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
  // told once all is done: no task waits because the bus does not answer
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
  let turned = false;
  for (;;) {
    const item = await system.ledger.get(key);
    const before = item === undefined ? undefined : parseRecord(actor.schema, item);
    const moment = { now: system.clock(), random: system.random() };
    const decided = actor.decide(before, signal, moment);
    const step = turned ? (turnAway(actor, decided, moment) ?? decided) : decided;
    if (step.record === undefined || step.record === before) return { before, step };
    const change: Change = { key, expect: item?.version ?? 0, value: step.record };
    const indexBefore = before === undefined ? [] : actor.index(before);
    const { claims = [] } = step;
    const claimed = claims.map((claim): Change => ({ ...claim, expect: 0 }));
    try {
      await system.ledger.write([change, ...indexChanges(indexBefore, actor.index(step.record)), ...claimed]);
      return { before, step };
    } catch (error) {
      if (error instanceof Conflict && !turned)
        turned = await isHeld(system, soleEntries(indexBefore, actor.index(step.record)));
      // whoever claims has to look at what is there already
      const mayWrite = error instanceof Conflict ? claims.length === 0 : failureOf(error).kind === 'refused';
      if (!mayWrite || !(await again())) throw error;
    }
  }
}

function turnAway<Record extends JsonObject, Signal, Effect>(
  actor: Actor<Record, Signal, Effect>,
  { record }: Step<Record, Effect>,
  moment: Moment,
): Step<Record, Effect> | undefined {
  if (record === undefined || !actor.index(record).some(({ sole }) => sole)) return undefined;
  return actor.turnedAway?.(record, moment);
}

/** Those that a record is to have, and has not yet. */
function soleEntries(before: readonly IndexEntry[], after: readonly IndexEntry[]): readonly Key[] {
  const has = new Set(before.map(({ key }) => nameOf(key)));
  return after.flatMap(({ key, sole }) => (sole && !has.has(nameOf(key)) ? [key] : []));
}

async function isHeld(system: System, keys: readonly Key[]): Promise<boolean> {
  for (const key of keys) if ((await system.ledger.get(key)) !== undefined) return true;
  return false;
}

function nameOf({ partition, sort }: Key): string {
  return JSON.stringify([partition, sort]);
}

/** The lists follow from the record and are written with it, so that neither knows what the other does not. */
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
