import type { Moment, Step } from '../../ledger/decision.ts';
import type { DatasetDeadline, DatasetsTrigger } from '../../model/trigger.ts';
import { firstInstantFrom, localTime } from '../../time/zone.ts';
import type { Publication, WaitingRecord } from './waiting-record.ts';

/** `of`: the trigger as it is defined now. */
export type WaitingSignal =
  | {
      readonly is: 'published';
      readonly dataset: string;
      readonly publication: Publication;
      readonly of: DatasetsTrigger;
      readonly for: Pick<WaitingRecord, 'pipeline' | 'trigger' | 'key' | 'interval'>;
    }
  | { readonly is: 'started'; readonly round: number }
  /** `of` undefined: the trigger is no longer deployed. */
  | { readonly is: 'tick'; readonly of: DatasetsTrigger | undefined };

export type WaitingEffect =
  | { readonly do: 'start'; readonly waiting: WaitingRecord; readonly owed: WaitingRecord['owed'][number] }
  | { readonly do: 'alert'; readonly waiting: WaitingRecord; readonly missing: readonly string[] };

export type WaitingStep = Step<WaitingRecord, WaitingEffect>;

/** Repeated publications come soon after each other, so only so many are remembered for each dataset. */
const seenKept = 20;

/** Decides what happens to a trigger that waits for datasets, for one interval or since its last run. */
export function advanceWaiting(record: WaitingRecord | undefined, signal: WaitingSignal, { now }: Moment): WaitingStep {
  if (signal.is === 'published') return published(record, signal, now);
  if (record === undefined) return { record, effects: [] };
  if (signal.is === 'started') {
    const owed = record.owed.filter(({ round }) => round !== signal.round);
    return { record: owed.length === record.owed.length ? record : { ...record, owed }, effects: [] };
  }
  if (signal.of === undefined) return { record: { ...record, closed: true, owed: [] }, effects: [] };
  const step = isWaiting(record) ? check(record, signal.of, now) : { record, effects: [] };
  const again = record.owed.map((owed) => ({ do: 'start' as const, waiting: record, owed }));
  return { record: step.record, effects: [...again, ...step.effects] };
}

function published(
  before: WaitingRecord | undefined,
  { dataset, publication, of, for: what }: WaitingSignal & { is: 'published' },
  now: number,
): WaitingStep {
  const record = before ?? { ...what, have: {}, seen: {}, used: [], round: 0, owed: [] };
  const seen = record.seen[dataset] ?? [];
  if (seen.includes(publication.by)) return { record: before, effects: [] };
  const known: WaitingRecord = {
    ...record,
    seen: { ...record.seen, [dataset]: [...seen, publication.by].slice(-seenKept) },
  };
  const there: WaitingRecord = { ...known, have: { ...record.have, [dataset]: publication } };
  if (isWaiting(record)) {
    const { deadline } = of;
    const deadlineAt = record.deadlineAt ?? (deadline && dueAt(deadline, record.interval?.end, now));
    return check(deadlineAt === undefined ? there : { ...there, deadlineAt }, of, now);
  }
  const anew = of.onRerun === 'rerun' && record.closed === undefined && record.used.includes(dataset);
  return anew ? start(there) : { record: known, effects: [] };
}

/** Whether it may still start. With an interval, it starts once. */
export function isWaiting({ interval, round, closed }: WaitingRecord): boolean {
  return closed === undefined && (interval === undefined || round === 0);
}

/** Required datasets that are missing. Empty: there are enough. */
export function missingOf({ have }: Pick<WaitingRecord, 'have'>, { datasets, rule }: DatasetsTrigger): string[] {
  const missing = datasets.filter((dataset) => have[dataset] === undefined);
  const wanted = rule === 'all' ? datasets.length : rule === 'any' ? 1 : rule.atLeast;
  return datasets.length - missing.length >= wanted ? [] : missing;
}

function check(record: WaitingRecord, of: DatasetsTrigger, now: number): WaitingStep {
  const { deadlineAt } = record;
  const missing = missingOf(record, of);
  const late = deadlineAt !== undefined && now >= deadlineAt;
  if (missing.length === 0) {
    const hoped = deadlineAt === undefined || late ? [] : (of.optional ?? []);
    return hoped.every((dataset) => record.have[dataset] !== undefined) ? start(record) : { record, effects: [] };
  }
  if (!late || record.alerted) return { record, effects: [] };
  switch (of.deadline?.otherwise) {
    case 'start':
      return start(record);
    case 'skip':
      return { record: record.interval === undefined ? emptied(record) : { ...record, closed: true }, effects: [] };
    case 'alert': {
      const alerted: WaitingRecord = { ...record, alerted: true };
      return { record: alerted, effects: [{ do: 'alert', waiting: alerted, missing }] };
    }
    case undefined:
      return { record, effects: [] };
  }
}

function start(record: WaitingRecord): WaitingStep {
  const round = record.round + 1;
  const owed = { round, have: record.have };
  const next: WaitingRecord = { ...record, round, used: Object.keys(record.have), owed: [...record.owed, owed] };
  const waiting = record.interval === undefined ? emptied(next) : next;
  return { record: waiting, effects: [{ do: 'start', waiting, owed }] };
}

/** Without intervals, later publications are for the next run. */
function emptied({ deadlineAt: _, alerted: __, ...record }: WaitingRecord): WaitingRecord {
  return { ...record, have: {} };
}

/** @param end of the interval, if there is one. @param now the first dataset is published */
function dueAt(deadline: DatasetDeadline, end: string | undefined, now: number): number {
  if ('withinSeconds' in deadline) return now + deadline.withinSeconds * 1_000;
  const { by, timezone } = deadline;
  const local = localTime(timezone, end === undefined ? now : Date.parse(end));
  const day = 86_400_000;
  const [hours = 0, minutes = 0] = by.split(':').map(Number);
  const today = Math.floor(local / day) * day + (hours * 60 + minutes) * 60_000;
  return firstInstantFrom(timezone, today < local ? today + day : today);
}
