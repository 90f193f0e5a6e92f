import type * as z from 'zod/mini';
import type { JsonObject } from '../json.ts';
import type { IndexEntry, Moment, Step } from '../ledger/decision.ts';
import { type Change, Conflict, type Key } from '../ledger/ledger.ts';
import type { DomainEvent } from '../news/domain-events.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';
import { backOff } from './back-off.ts';
import { tellOthers } from './publish-events.ts';

/** A kind of record: how it is decided upon, which lists it stands in, and what is done about it. */
export type Machine<Record extends JsonObject, Signal, Effect> = {
  readonly schema: z.ZodMiniType<Record>;
  readonly decide: (record: Record | undefined, signal: Signal, moment: Moment) => Step<Record, Effect>;
  readonly index: (record: Record) => readonly IndexEntry[];
  /** What others are told, once it is recorded. */
  readonly news?: (before: Record | undefined, after: Record) => readonly DomainEvent[];
  /** Does it, and answers with what came of it. An answer that does not come is asked for by the reconciler. */
  readonly perform: (system: System, effect: Effect) => Promise<readonly Signal[]>;
};

/**
 * Takes a signal to a record: decides, records, and only then does what is to be done, whose answers are signals again.
 *
 * @returns the record as it is now
 * @throws {Conflict} what the decision claims is there already, or the record has changed meanwhile
 */
export async function advance<Record extends JsonObject, Signal, Effect>(
  system: System,
  machine: Machine<Record, Signal, Effect>,
  key: Key,
  ...signals: readonly Signal[]
): Promise<Record | undefined> {
  const pending = [...signals];
  let record: Record | undefined;
  // what is recorded on the way is told in its order, and once all is done: no job waits because the bus does not answer
  const news = system.news ?? [];
  const within = { ...system, news };
  try {
    for (let signal = pending.shift(); signal !== undefined; signal = pending.shift()) {
      const { before, step } = await decideAndRecord(system, machine, key, signal);
      record = step.record;
      if (record !== undefined && record !== before) news.push(...(machine.news?.(before, record) ?? []));
      for (const effect of step.effects) pending.push(...(await machine.perform(within, effect)));
    }
    return record;
  } finally {
    if (system.news === undefined) await tellOthers(system, news);
  }
}

async function decideAndRecord<Record extends JsonObject, Signal, Effect>(
  system: System,
  machine: Machine<Record, Signal, Effect>,
  key: Key,
  signal: Signal,
): Promise<{ readonly before: Record | undefined; readonly step: Step<Record, Effect> }> {
  const again = backOff(system);
  for (;;) {
    const item = await system.ledger.get(key);
    const before = item === undefined ? undefined : machine.schema.parse(item.value);
    const step = machine.decide(before, signal, { now: system.clock(), random: system.random() });
    if (step.record === undefined || step.record === before) return { before, step };
    const change: Change = { key, expect: item?.version ?? 0, value: step.record };
    const indexBefore = before === undefined ? [] : machine.index(before);
    const { claims = [] } = step;
    const claimed = claims.map((claim): Change => ({ ...claim, expect: 0 }));
    try {
      await system.ledger.write([change, ...indexChanges(indexBefore, machine.index(step.record)), ...claimed]);
      return { before, step };
    } catch (error) {
      // whoever claims has to look at what is there already
      const mayWrite = error instanceof Conflict ? claims.length === 0 : failureOf(error).kind === 'refused';
      if (!mayWrite || !(await again())) throw error;
    }
  }
}

/** The lists follow from the record and are written with it, so that neither knows what the other does not. */
function indexChanges(before: readonly IndexEntry[], after: readonly IndexEntry[]): Change[] {
  const name = ({ key }: IndexEntry) => JSON.stringify([key.partition, key.sort]);
  const kept = new Map(after.map((entry) => [name(entry), entry]));
  const known = new Map(before.map((entry) => [name(entry), JSON.stringify(entry.value)]));
  const dropped = before.filter((entry) => !kept.has(name(entry)));
  const changed = after.filter((entry) => known.get(name(entry)) !== JSON.stringify(entry.value));
  return [
    ...dropped.map(({ key }) => ({ key, expect: 'any' as const, value: undefined })),
    ...changed.map(({ key, value, expires }) => ({
      key,
      expect: 'any' as const,
      value,
      ...(expires === undefined ? {} : { expires }),
    })),
  ];
}
