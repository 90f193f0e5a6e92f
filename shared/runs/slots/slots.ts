import * as z from 'zod/mini';
import { present } from '../../json.ts';
import type { Moment, Step } from '../../ledger/decision.ts';
import type { RunRules } from '../../model/pipeline.ts';
import { forgo, forgone, isForgone } from './dropped-runs.ts';

const waitingRun = z.object({
  run: z.string(),
  /** Its trigger, and the trigger's priority: higher starts sooner. */
  trigger: z.exactOptional(z.string()),
  priority: z.number(),
  /** Held: it came while the pipeline or its trigger was paused. */
  kept: z.exactOptional(z.literal(true)),
});
type WaitingRun = z.output<typeof waitingRun>;

const paused = z.object({ all: z.boolean(), triggers: z.array(z.string()) });

/** A pipeline's live and queued runs. The queue is ordered by priority, then by age. */
export const slotsRecord = z.object({
  live: z.array(z.string()),
  queued: z.array(waitingRun),
  /** What is paused. Absent: nothing. */
  paused: z.exactOptional(paused),
  /** The queue was full: later runs wait in the overflow, and new ones behind them. */
  crowded: z.exactOptional(z.literal(true)),
  /** Some held runs also wait in the overflow. */
  keptOutside: z.exactOptional(z.literal(true)),
  /** Some runs of the overflow are dropped. */
  forgone: z.exactOptional(z.array(forgone)),
});
export type SlotsRecord = z.output<typeof slotsRecord>;

export type SlotsSignal =
  | {
      readonly is: 'admit';
      readonly run: string;
      readonly trigger?: string;
      readonly priority: number;
      /** It was queued. If it is no longer, a newer run has replaced it. */
      readonly known: boolean;
      /** It has waited in the overflow since its request. */
      readonly outside?: { readonly asked: number; readonly kept?: true };
      readonly rules: Pick<RunRules, 'max' | 'overlap'>;
    }
  | { readonly is: 'release'; readonly run: string; readonly rules: Pick<RunRules, 'max'> }
  /** Without `trigger`: the whole pipeline. */
  | { readonly is: 'pause'; readonly trigger?: string }
  /** `drop`: held runs are dropped. */
  | {
      readonly is: 'resume';
      readonly trigger?: string;
      readonly drop: boolean;
      readonly rules: Pick<RunRules, 'max'>;
    }
  /** Nobody in the overflow can be admitted. `kept`: some there are held. */
  | { readonly is: 'emptied'; readonly kept: boolean };

export type SlotsEffect =
  /** Runs other than the signal's own. `look`: the run's place has changed. */
  | { readonly do: 'look'; readonly run: string }
  /** `by`: the newer run that replaces it. */
  | { readonly do: 'cancel'; readonly run: string; readonly by: string }
  /** The queue has no room for the signal's run. `kept`: the run is held. */
  | { readonly do: 'wait-outside'; readonly kept?: true }
  /** There is room for runs of the overflow. */
  | { readonly do: 'let-in' };

type SlotsStep = Step<SlotsRecord, SlotsEffect>;

/** DynamoDB's items have 400 KB, and each write costs by the item's size, so runs beyond these are kept elsewhere. */
export const queueLimit = 300;
/** How many runs are admitted from the overflow at a time. */
export const letInAtOnce = 20;

export function hasRoom(slots: SlotsRecord, limit = queueLimit): boolean {
  return slots.queued.filter((other) => !isHeld(slots, other)).length + letInAtOnce <= limit;
}

/** @param limit of the queue's length, for held runs and for others; runs with priority may exceed it as much again */
export function advanceSlots(
  record: SlotsRecord | undefined,
  signal: SlotsSignal,
  { now }: Pick<Moment, 'now'>,
  limit = queueLimit,
): SlotsStep {
  const step = decide(record, signal, now, limit);
  const freed = signal.is === 'release' || signal.is === 'resume';
  if (!freed || !step.record?.crowded || !hasRoom(step.record, limit)) return step;
  return { ...step, effects: [...step.effects, { do: 'let-in' }] };
}

function decide(record: SlotsRecord | undefined, signal: SlotsSignal, now: number, limit: number): SlotsStep {
  const slots = record ?? { live: [], queued: [] };
  switch (signal.is) {
    case 'admit':
      return admit(record, slots, signal, now, limit);
    case 'release': {
      const { run, rules } = signal;
      if (placeOf(slots, run) === 'dropped') return { record, effects: [] };
      const live = slots.live.filter((id) => id !== run);
      return promote({ ...slots, live, queued: slots.queued.filter((other) => other.run !== run) }, rules.max, run);
    }
    case 'pause':
      return { record: pause(slots, signal), effects: [] };
    case 'resume':
      return resume(slots, signal, now);
    case 'emptied': {
      if (!slots.crowded && (signal.kept || !slots.keptOutside)) return { record, effects: [] };
      const { crowded: _, keptOutside: __, forgone, ...rest } = slots;
      if (!signal.kept) return { record: rest, effects: [] };
      return { record: { ...rest, keptOutside: true, ...present({ forgone }) }, effects: [] };
    }
  }
}

function admit(
  record: SlotsRecord | undefined,
  slots: SlotsRecord,
  signal: SlotsSignal & { is: 'admit' },
  now: number,
  limit: number,
): SlotsStep {
  const { run, trigger, priority, known, outside, rules } = signal;
  const { live, queued } = slots;
  const there = queued.find((other) => other.run === run);
  const cancel =
    rules.overlap === 'cancel_running' ? live.map((id) => ({ do: 'cancel' as const, run: id, by: run })) : [];
  if (live.includes(run)) return { record, effects: [] };
  if (there !== undefined) {
    if (isHeld(slots, there)) return { record, effects: [] };
    // there is room already, although the process that made it has not said so yet
    return live.length < rules.max ? promote(slots, rules.max, run) : { record, effects: cancel };
  }
  if (known || isForgone(slots.forgone, signal)) return { record, effects: [] };
  // the overflow comes first
  const passes = outside !== undefined || !slots.crowded;
  const waiting: WaitingRun = { run, priority, ...present({ trigger }) };
  if (isHeld(slots, waiting)) return enqueueOrLeave(record, { ...waiting, kept: true }, true, limit);
  const ahead = queued.filter((other) => !isHeld(slots, other));
  if (live.length < rules.max && ahead.length === 0 && passes)
    return { record: { ...slots, live: [...live, run] }, effects: [] };
  if (rules.overlap === 'skip') return { record, effects: [] };
  // a run admitted from the overflow is older than those that passed it
  if (rules.overlap === 'queue' || outside !== undefined) return enqueueOrLeave(record, waiting, passes, limit);
  const dropped = ahead.map((other) => ({ do: 'look' as const, run: other.run }));
  const left = { ...slots, queued: queued.filter((other) => isHeld(slots, other)) };
  const gone =
    slots.crowded || slots.keptOutside ? { ...left, forgone: forgo(left.forgone, { until: now, kept: false }) } : left;
  return { record: enqueue(gone, waiting), effects: [...dropped, ...cancel] };
}

/** A run with priority enters even a full queue. */
function enqueueOrLeave(
  record: SlotsRecord | undefined,
  waiting: WaitingRun,
  passes: boolean,
  limit: number,
): SlotsStep {
  const slots = record ?? { live: [], queued: [] };
  const { kept } = waiting;
  // held runs take no room from others
  const alike = slots.queued.filter((other) => isHeld(slots, other) === (kept === true));
  const last = alike.at(-1)?.priority ?? Number.POSITIVE_INFINITY;
  const isUrgent = waiting.priority > last && alike.length < 2 * limit;
  if ((passes && alike.length < limit) || isUrgent) return { record: enqueue(slots, waiting), effects: [] };
  const effects = [{ do: 'wait-outside' as const, ...(kept ? { kept } : {}) }];
  const flag = kept ? 'keptOutside' : 'crowded';
  return { record: slots[flag] ? record : { ...slots, [flag]: true }, effects };
}

function enqueue(slots: SlotsRecord, waiting: WaitingRun): SlotsRecord {
  const behind = slots.queued.findIndex((other) => other.priority < waiting.priority);
  return { ...slots, queued: slots.queued.toSpliced(behind < 0 ? slots.queued.length : behind, 0, waiting) };
}

/** Gives free slots to the next runs. `run` reads its own place anyway. */
function promote(slots: SlotsRecord, max: number, run?: string): SlotsStep {
  const { live, queued } = slots;
  const next = new Set(queued.filter((other) => !isHeld(slots, other)).slice(0, Math.max(0, max - live.length)));
  return {
    record: {
      ...slots,
      live: [...live, ...[...next].map((other) => other.run)],
      queued: queued.filter((other) => !next.has(other)),
    },
    effects: [...next].flatMap((other) => (other.run === run ? [] : [{ do: 'look' as const, run: other.run }])),
  };
}

function pause(slots: SlotsRecord, { trigger }: SlotsSignal & { is: 'pause' }): SlotsRecord {
  const { all, triggers } = slots.paused ?? { all: false, triggers: [] };
  const named = trigger === undefined || triggers.includes(trigger) ? triggers : [...triggers, trigger];
  return { ...slots, paused: { all: all || trigger === undefined, triggers: named } };
}

function resume(before: SlotsRecord, { trigger, drop, rules }: SlotsSignal & { is: 'resume' }, now: number): SlotsStep {
  const { paused: was, ...slots } = before;
  // resuming a pipeline resumes all its triggers
  const left = trigger === undefined || was === undefined ? [] : was.triggers.filter((name) => name !== trigger);
  const all = trigger !== undefined && was?.all === true;
  const after: SlotsRecord = all || left.length > 0 ? { ...slots, paused: { all, triggers: left } } : slots;
  const free = after.queued.filter((other) => other.kept && !isHeld(after, other));
  const gone = new Set(drop ? free : []);
  const queued = after.queued.flatMap((other): WaitingRun[] => {
    if (gone.has(other)) return [];
    const { kept: _, ...rest } = other;
    return [free.includes(other) ? rest : other];
  });
  const named = trigger === undefined ? {} : { trigger };
  const crowd: SlotsRecord = after.keptOutside ? { ...after, queued, crowded: true } : { ...after, queued };
  const given = drop && crowd.crowded ? { forgone: forgo(crowd.forgone, { until: now, kept: true, ...named }) } : {};
  const step = promote({ ...crowd, ...given }, rules.max);
  const dropped = [...gone].map((other) => ({ do: 'look' as const, run: other.run }));
  return { record: step.record, effects: [...dropped, ...step.effects] };
}

export function isHeld({ paused: what }: SlotsRecord, { trigger }: Pick<WaitingRun, 'trigger'>): boolean {
  return what !== undefined && (what.all || (trigger !== undefined && what.triggers.includes(trigger)));
}

/** Whether the pipeline, or one trigger, is paused. */
export function isPaused(slots: SlotsRecord | undefined, trigger?: string): boolean {
  const what = slots?.paused;
  return trigger === undefined ? what?.all === true : what?.all === true || what?.triggers.includes(trigger) === true;
}

/** A run's place according to the record. */
export function placeOf(record: SlotsRecord | undefined, run: string): 'admitted' | 'queued' | 'dropped' {
  if (record?.live.includes(run)) return 'admitted';
  return record?.queued.some((other) => other.run === run) ? 'queued' : 'dropped';
}

/** Why a run has not started, for people. Undefined: it does not wait here. */
export function whyQueued(record: SlotsRecord | undefined, run: string): string | undefined {
  const there = record?.queued.find((other) => other.run === run);
  if (there === undefined && (record?.crowded || record?.keptOutside) && !record.live.includes(run)) {
    return `the queue is full, with ${record.queued.length} runs in it: it is let in after those that came before it`;
  }
  if (record === undefined || there === undefined) return undefined;
  if (record.paused?.all) return 'the pipeline is paused';
  if (isHeld(record, there)) return `the trigger ${there.trigger} is paused`;
  const ahead = record.queued.slice(0, record.queued.indexOf(there)).filter((other) => !isHeld(record, other)).length;
  const first = record.live[0];
  const live = record.live.length === 1 ? `${first} is live` : `${record.live.length} runs are live`;
  return ahead === 0 ? live : `${live}, and ${ahead} ${ahead === 1 ? 'is' : 'are'} before it`;
}
