import type { IndexEntry, Step } from '../../ledger/decision.ts';
import { placeKey, waitKey } from '../../ledger/ledger-keys.ts';
import type { Attempt, TaskRecord } from './task-record.ts';
import type { TaskEffect } from './task-signal.ts';

/** Whether the attempt must get places of its pool before its work begins. */
export function lacksPlace({ pool }: Attempt): boolean {
  return pool !== undefined && pool.held === undefined;
}

/** Whether the attempt waits for places of its pool. */
export function waitsForPlace(attempt: Attempt): boolean {
  return attempt.phase.at === 'queued' && lacksPlace(attempt);
}

/** It keeps its places until its work has ended, even while its service refuses the work: the work may have begun. */
function heldPlaces({ pool, phase }: Attempt): readonly number[] {
  return phase.at === 'ended' || phase.at === 'finishing' ? [] : (pool?.held ?? []);
}

/** Puts the attempt into the pool's queue, and looks at the pool only then: so no place is freed unnoticed. */
export function waitForPlace(record: TaskRecord): Step<TaskRecord, TaskEffect> {
  const { run, task, attempt } = record;
  const { pool, since } = attempt;
  if (pool === undefined) return { record, effects: [] };
  const look: TaskEffect = { do: 'let-in', pool: pool.name, own: { run, task } };
  if (waitsForPlace(attempt)) return { record, effects: [look] };
  const reason = `it waits for a place of the pool ${pool.name}`;
  return { record: { ...record, attempt: { ...attempt, phase: { at: 'queued', since, reason } } }, effects: [look] };
}

/** Another attempt was faster and has one of the places. */
export function withoutPlace(record: TaskRecord): Step<TaskRecord, TaskEffect> {
  const { pool, ...attempt } = record.attempt;
  if (pool === undefined) return { record, effects: [] };
  const { held: _, ...use } = pool;
  return waitForPlace({ ...record, attempt: { ...attempt, pool: use } });
}

/** The attempt is first in the queue, and there are not enough places, or others are before it. */
export function whileFull(
  record: TaskRecord,
  { taken, capacity }: { readonly taken: number; readonly capacity: number },
): TaskRecord {
  const { attempt } = record;
  const { pool, phase } = attempt;
  if (pool === undefined || phase.at !== 'queued' || !waitsForPlace(attempt)) return record;
  const reason = whyFull(pool.name, Math.min(pool.places, capacity), taken, capacity);
  return phase.reason === reason ? record : { ...record, attempt: { ...attempt, phase: { ...phase, reason } } };
}

function whyFull(pool: string, needed: number, taken: number, capacity: number): string {
  const free = capacity - taken;
  if (free <= 0) return `pool ${pool} is full (${taken} of ${capacity})`;
  const some = `pool ${pool} has ${free} of ${capacity} places free`;
  return needed > free ? `${some}, and the task needs ${needed}` : `${some}, and others are before it`;
}

/** Whether the change lets others into the pool: places are free, or an attempt that needed several waits no longer. */
export function letsOthersIn(before: TaskRecord | undefined, after: TaskRecord | undefined): TaskEffect[] {
  const pool = before?.attempt.pool;
  if (before === undefined || after === undefined || before === after || pool === undefined) return [];
  const freed = heldPlaces(before.attempt).length > 0 && heldPlaces(after.attempt).length === 0;
  const left = waitsForPlace(before.attempt) && after.attempt.phase.at === 'ended' && pool.places > 1;
  return freed || left ? [{ do: 'let-in', pool: pool.name }] : [];
}

/** The places of the attempt, or its wait for them. Written with the record, so that no place stays held. */
export function poolIndex({ run, task, attempt }: TaskRecord): IndexEntry[] {
  const { pool, number } = attempt;
  if (pool === undefined) return [];
  const value = { run, task, attempt: number };
  const { name, places, priority, catchUp = false } = pool;
  if (waitsForPlace(attempt)) {
    const { since } = attempt;
    const key = waitKey(name, priority, catchUp, since, `${run}#${task}`);
    return [{ key, value: { ...value, places, priority, catchUp, since } }];
  }
  return heldPlaces(attempt).map((each) => ({ key: placeKey(name, each), value, sole: true }));
}
