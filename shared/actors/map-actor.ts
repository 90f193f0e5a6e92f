import * as z from 'zod/mini';
import { present } from '../json.ts';
import { storedJson } from '../ledger/decision.ts';
import { mapKey } from '../ledger/ledger-keys.ts';
import { readRecord } from '../ledger/read-record.ts';
import { advanceMap, type MapEffect, type MapSignal } from '../runs/map/advance-map.ts';
import { readItemValue } from '../runs/map/item-values.ts';
import { type MapRecord, type MapRef, mapIndex, mapRecord } from '../runs/map/map-record.ts';
import { childNames } from '../runs/run/child-run.ts';
import { runId } from '../runs/run/run-id.ts';
import { hasEnded, type RunRecord } from '../runs/run/run-record.ts';
import { sendCall } from '../services/send-call.ts';
import { failureOf } from '../services/service-error.ts';
import type { System } from '../services/system.ts';
import { type Actor, advance } from './kit/advance.ts';
import { findRun } from './kit/find-run.ts';
import { openEntry } from './kit/open-entry.ts';
import { signalRun } from './run-actor.ts';

/** Takes a signal to the items of a task. */
export async function signalMap(system: System, ref: MapRef, signal: MapSignal): Promise<MapRecord | undefined> {
  const actor = mapActorUntil(system.clock() + budget);
  return (await advance(system, actor, mapKey(ref.run, ref.task, ref.attempt), [signal])).record;
}

export function readMap({ ledger }: Pick<System, 'ledger'>, ref: MapRef): Promise<MapRecord | undefined> {
  return readRecord(ledger, mapKey(ref.run, ref.task, ref.attempt), mapRecord);
}

const ref = z.object({ run: z.string(), task: z.string(), attempt: z.number() });
/** @param told tells the task, once its items have ended */
export const openItems = (told: (system: System, map: MapRef) => Promise<void>) =>
  openEntry('items', ref, async (system, of) => {
    const map = await signalMap(system, of, { is: 'tick' });
    if (map?.ended !== undefined) await told(system, of);
  });

/** Each refused item makes room for the next one, so the time is for all that one signal causes. */
const mapActorUntil = (until: number): Actor<MapRecord, MapSignal, MapEffect> => ({
  schema: mapRecord,
  decide: advanceMap,
  index: mapIndex,
  async perform(system, { do: does, map, indexes }) {
    switch (does) {
      case 'start':
        return inTime(system, until, indexes, (index) => startItem(system, map, index));
      case 'look':
        return inTime(system, until, indexes, (index) => lookAt(system, map, index));
      case 'gather': {
        const { run, task, attempt } = map;
        const answer = await sendCall(system, { call: 'gluewright:GatherOutputs', input: { run, task, attempt } });
        return [{ is: 'gathered', outputs: gathered.parse(answer) }];
      }
    }
  },
});

const gathered = z.record(z.string(), storedJson);

/** The reconciler continues what one invocation does not do in this time. Milliseconds. */
const budget = 15_000;
/** More would only compete for the slots of the inner pipeline. */
const atOnce = 4;

async function inTime(
  system: System,
  until: number,
  indexes: readonly number[],
  act: (index: number) => Promise<MapSignal[]>,
): Promise<MapSignal[]> {
  const signals: MapSignal[] = [];
  for (let from = 0; from < indexes.length && system.clock() < until; from += atOnce) {
    const some = indexes.slice(from, from + atOnce);
    signals.push(...(await Promise.all(some.map((index) => guarded(system, index, act)))).flat());
  }
  return signals;
}

/** An item that fails to answer does not block the others: the reconciler looks at it again. */
async function guarded(
  system: System,
  index: number,
  act: (index: number) => Promise<MapSignal[]>,
): Promise<MapSignal[]> {
  try {
    return await act(index);
  } catch (error) {
    const { name } = failureOf(error);
    system.log({ message: 'item not reached', level: 'warning', index, error: name });
    return [];
  }
}

/** Several processes may start the same item: its run's id makes it one run. */
async function startItem(system: System, map: MapRecord, index: number): Promise<MapSignal[]> {
  const { run, task, attempt, inner: pipeline } = map;
  const value = await readItemValue(system.ledger, run, map.values, index);
  if (value === undefined) return [];
  const { label, params, interval, again } = value;
  const parent = { run, task, attempt, index };
  try {
    const input = { pipeline, params, parent, item: label, ...present({ interval, again }) };
    await sendCall(system, { call: 'gluewright:StartRun', input });
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== 'fatal') throw error;
    return [{ is: 'item-failed', item: { index, label, why: failure.reason.slice(0, 300) } }];
  }
  // whoever stopped the task meanwhile may not have seen this run
  return (await readMap(system, map))?.stopped ? lookAt(system, { ...map, stopped: true }, index) : [];
}

/** Longer than any process may take to start an item. */
const leaseMilliseconds = 5 * 60_000;

async function lookAt(system: System, map: MapRecord, index: number): Promise<MapSignal[]> {
  const id = itemRun(map, index);
  const run = await findRun(system, id);
  if (run === undefined) {
    if (!map.stopped) return startItem(system, map, index);
    return system.clock() < map.lastStart + leaseMilliseconds ? [] : [{ is: 'not-started', index }];
  }
  const seen = map.stopped && !hasEnded(run.status) ? await signalRun(system, id, { is: 'stop' }) : run;
  return itemSignals(system, map, index, seen ?? run);
}

/** What the end of an item's run means. Empty: it has not ended. */
export async function itemSignals(
  { ledger }: Pick<System, 'ledger'>,
  map: Pick<MapRecord, 'run' | 'values'>,
  index: number,
  { id, status, settled }: RunRecord,
): Promise<MapSignal[]> {
  if (!settled) return [];
  if (status === 'SUCCEEDED') return [{ is: 'item-succeeded', index }];
  const label = (await readItemValue(ledger, map.run, map.values, index))?.label ?? String(index);
  return [{ is: 'item-failed', item: { index, label, run: id, why: `its run ${id} is ${status}` } }];
}

/** The id of an item's run. */
export function itemRun(
  { inner, ...map }: Pick<MapRecord, 'inner' | 'run' | 'task' | 'attempt'>,
  index: number,
): string {
  const { cause, label } = childNames({ run: map.run, task: map.task, attempt: map.attempt, index });
  return runId(inner, cause, label);
}
