import * as z from 'zod/mini';
import type { RunRules } from '../pipeline/pipeline.ts';
import type { Step } from './step.ts';

/** A pipeline's runs that are live, and those that wait for them to end, the oldest first. */
export const slotsRecord = z.object({ live: z.array(z.string()), queued: z.array(z.string()) });
export type SlotsRecord = z.output<typeof slotsRecord>;

export type SlotsSignal =
  | {
      readonly is: 'admit';
      readonly run: string;
      /** It was in the queue: if it is not any more, a newer run has taken its place. */
      readonly known: boolean;
      readonly rules: Pick<RunRules, 'max' | 'overlap'>;
    }
  | { readonly is: 'release'; readonly run: string; readonly rules: Pick<RunRules, 'max'> };

/** Runs other than the one that the signal is about. `look`: its place has changed. */
export type SlotsEffect = { readonly do: 'look' | 'cancel'; readonly run: string };

export function advanceSlots(record: SlotsRecord | undefined, signal: SlotsSignal): Step<SlotsRecord, SlotsEffect> {
  const { live, queued } = record ?? { live: [], queued: [] };
  const { run, rules } = signal;
  if (signal.is === 'release') {
    if (!live.includes(run) && !queued.includes(run)) return { record, effects: [] };
    const left = { live: live.filter((id) => id !== run), queued: queued.filter((id) => id !== run) };
    return promote(left, rules.max, run);
  }
  const { overlap } = signal.rules;
  const cancel = overlap === 'cancel_running' ? live.map((id) => ({ do: 'cancel' as const, run: id })) : [];
  if (live.includes(run)) return { record, effects: [] };
  if (queued.includes(run)) {
    // where there is room now, somebody who made it has not come to say so
    if (live.length < rules.max) return promote({ live, queued }, rules.max, run);
    return { record, effects: cancel };
  }
  if (signal.known) return { record, effects: [] };
  if (live.length < rules.max && queued.length === 0) return { record: { live: [...live, run], queued }, effects: [] };
  if (overlap === 'skip') return { record, effects: [] };
  if (overlap === 'queue') return { record: { live, queued: [...queued, run] }, effects: [] };
  const dropped = queued.map((id) => ({ do: 'look' as const, run: id }));
  return { record: { live, queued: [run] }, effects: [...dropped, ...cancel] };
}

/** Gives the free places to those who wait longest. `run` looks at its own place anyway. */
function promote({ live, queued }: SlotsRecord, max: number, run: string): Step<SlotsRecord, SlotsEffect> {
  const next = queued.slice(0, Math.max(0, max - live.length));
  const others = next.filter((id) => id !== run);
  return {
    record: { live: [...live, ...next], queued: queued.slice(next.length) },
    effects: others.map((id) => ({ do: 'look' as const, run: id })),
  };
}

/** What the record says of a run. */
export function placeOf(record: SlotsRecord | undefined, run: string): 'admitted' | 'queued' | 'dropped' {
  if (record?.live.includes(run)) return 'admitted';
  return record?.queued.includes(run) ? 'queued' : 'dropped';
}
