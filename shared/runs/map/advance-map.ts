import type { JsonObject } from '../../json.ts';
import type { Moment, Step } from '../../ledger/decision.ts';
import { countOf, type FailedItem, type ItemState, indexesOf, itemStates, type MapRecord } from './map-record.ts';

export type MapSignal =
  | { readonly is: 'claim'; readonly map: Omit<MapRecord, 'startedOn' | 'lastStart' | 'failures'> }
  | { readonly is: 'item-succeeded'; readonly index: number }
  | { readonly is: 'item-failed'; readonly item: FailedItem }
  /** A stopped map has an item that never started, and never will. */
  | { readonly is: 'not-started'; readonly index: number }
  | { readonly is: 'gathered'; readonly outputs: JsonObject }
  | { readonly is: 'stop' }
  | { readonly is: 'tick' };

/** `look`: asks how the items' runs are, and stops them if the map is stopped. */
export type MapEffect = {
  readonly do: 'start' | 'look' | 'gather';
  readonly map: MapRecord;
  readonly indexes: readonly number[];
};

export type MapStep = Step<MapRecord, MapEffect>;

/** How many failed items the record names. */
const mostNamed = 10;

/** Decides what happens to the items of a task. Pure and total: late signals are harmless. */
export function advanceMap(record: MapRecord | undefined, signal: MapSignal, moment: Moment): MapStep {
  if (record === undefined) {
    if (signal.is !== 'claim') return { record, effects: [] };
    return goOn({ ...signal.map, failures: [], startedOn: moment.now, lastStart: moment.now }, moment);
  }
  if (record.ended !== undefined) return { record, effects: [] };
  switch (signal.is) {
    case 'claim':
      return { record, effects: [] };
    case 'item-succeeded':
      return endItem(record, signal.index, 'succeeded', moment);
    case 'item-failed': {
      // the task's stop reached it
      if (record.stopped) return endItem(record, signal.item.index, 'stopped', moment);
      const { failures } = record;
      const named = failures.length < mostNamed ? [...failures, signal.item] : failures;
      return endItem({ ...record, failures: named }, signal.item.index, 'failed', moment, record);
    }
    case 'not-started':
      return record.stopped ? endItem(record, signal.index, 'waiting', moment) : { record, effects: [] };
    case 'gathered':
      if (!record.gathering) return { record, effects: [] };
      return { record: ended({ ...record, gathered: signal.outputs }, moment), effects: [] };
    case 'stop':
      return look(goOn({ ...record, stopped: true }, moment), moment);
    case 'tick':
      return look(goOn(record, moment), moment);
  }
}

/** @param unchanged what stays if the item has ended already */
function endItem(record: MapRecord, index: number, as: ItemState, moment: Moment, unchanged = record): MapStep {
  if (record.states[index] !== itemStates.live) return { record: unchanged, effects: [] };
  return goOn({ ...record, states: marked(record.states, [index], as) }, moment);
}

function marked(states: string, indexes: readonly number[], as: ItemState): string {
  const letters = [...states];
  for (const index of indexes) letters[index] = itemStates[as];
  return letters.join('');
}

/** Too many items have failed, or somebody has stopped the task. */
function isOver(record: MapRecord): boolean {
  return record.stopped === true || countOf(record, 'failed') > record.tolerated;
}

/** Starts the next items, or ends. */
function goOn(record: MapRecord, moment: Moment): MapStep {
  const live = countOf(record, 'live');
  const next = isOver(record) ? [] : indexesOf(record, 'waiting', Math.max(0, record.atOnce - live));
  if (next.length > 0) {
    const map = { ...record, states: marked(record.states, next, 'live'), lastStart: moment.now };
    return { record: map, effects: [{ do: 'start', map, indexes: next }] };
  }
  if (live > 0) return { record, effects: [] };
  if (endOf(record) !== 'succeeded' || record.outputs.length === 0)
    return { record: ended(record, moment), effects: [] };
  if (record.gathering) return { record, effects: [] };
  const map: MapRecord = { ...record, gathering: true };
  return { record: map, effects: [{ do: 'gather', map, indexes: [] }] };
}

function ended({ gathering: _, ...record }: MapRecord, { now }: Moment): MapRecord {
  return { ...record, ended: { at: now, as: endOf(record) } };
}

/**
 * A stop that came after the last item changes nothing, unless outputs are still to be gathered: a rerun keeps the items,
 * and gathers them.
 */
function endOf(record: MapRecord): 'succeeded' | 'failed' | 'stopped' {
  if (countOf(record, 'failed') > record.tolerated) return record.stopped ? 'stopped' : 'failed';
  const isWhole = !record.stopped || record.outputs.length === 0 || record.gathered !== undefined;
  return isWhole && countOf(record, 'waiting') + countOf(record, 'stopped') === 0 ? 'succeeded' : 'stopped';
}

/** Looks at the items that run, beginning anywhere, so that each gets its turn however short the time is. */
function look({ record, effects }: MapStep, { random }: Moment): MapStep {
  if (record === undefined || record.ended !== undefined || effects.length > 0) return { record, effects };
  if (record.gathering) return { record, effects: [{ do: 'gather', map: record, indexes: [] }] };
  const live = indexesOf(record, 'live');
  const first = Math.floor(random * live.length);
  const indexes = [...live.slice(first), ...live.slice(0, first)];
  return { record, effects: [{ do: 'look', map: record, indexes }] };
}
