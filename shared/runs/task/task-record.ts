import * as z from 'zod/mini';
import { type IndexEntry, storedJson } from '../../ledger/decision.ts';
import {
  dueShards,
  dueSort,
  holderKey,
  noticeKey,
  openShards,
  queuePartition,
  workKey,
} from '../../ledger/ledger-keys.ts';
import { kindOf, work } from '../../tasks/kinds.ts';
import { poolIndex, waitsForPlace } from './task-place.ts';

/** How an attempt ended, as told to the waiting state. */
const ending = z.discriminatedUnion('result', [
  z.object({ result: z.literal('succeeded'), output: z.exactOptional(storedJson) }),
  z.object({ result: z.literal('skipped') }),
  /** `error`: one of `shared/tasks/errors.ts`. */
  z.object({ result: z.literal('failed'), error: z.string(), cause: z.string() }),
]);
export type Ending = z.output<typeof ending>;

/** `told`: Step Functions took the ending. `closed`: it no longer waits, for an unknown reason. */
const endedPhase = z.object({
  at: z.literal('ended'),
  since: z.number(),
  id: z.exactOptional(z.string()),
  ending,
  delivery: z.enum(['pending', 'told', 'closed']),
  /** The next look publishes its datasets. */
  publication: z.exactOptional(z.literal('pending')),
});

/** Times are epoch milliseconds. */
const phase = z.discriminatedUnion('at', [
  /** The work is being begun. Nobody else begins it before `lease` ends; afterwards, ask the service first. */
  z.object({
    at: z.literal('starting'),
    since: z.number(),
    lease: z.number(),
    /** Other work of the same thing is running and is being looked for. */
    joins: z.exactOptional(z.literal(true)),
  }),
  /**
   * The service had no capacity. `next`: when to try again, unless work of the same thing ends before. Absent: the
   * attempt waits for places of its pool.
   */
  z.object({ at: z.literal('queued'), since: z.number(), next: z.exactOptional(z.number()), reason: z.string() }),
  z.object({
    at: z.literal('running'),
    since: z.number(),
    id: z.string(),
    /** The work belongs to somebody else; the attempt only waits for it. */
    joined: z.exactOptional(z.literal(true)),
    /** When it was last checked, for work without a service. */
    looked: z.exactOptional(z.number()),
    /** A look found that its timeout has passed. */
    tooLong: z.exactOptional(z.literal(true)),
    /** When its stop was last requested, and how often. `taken`: the service says that the work is stopping. */
    stopAsked: z.exactOptional(
      z.object({ at: z.number(), times: z.number(), taken: z.exactOptional(z.literal(true)) }),
    ),
  }),
  /** The work has succeeded. Its output is still to be read. */
  z.object({ at: z.literal('finishing'), since: z.number(), id: z.string() }),
  endedPhase,
]);
export type Phase = z.output<typeof phase>;
export type Running = Extract<Phase, { at: 'running' }>;

/** As its service measures them. */
const workTimes = z.object({
  startedOn: z.exactOptional(z.number()),
  completedOn: z.exactOptional(z.number()),
  executionSeconds: z.exactOptional(z.number()),
  dpuSeconds: z.exactOptional(z.number()),
});
const past = z.object({
  number: z.number(),
  /** When the task's state requested it, and when it ended. */
  since: z.number(),
  ended: z.number(),
  id: z.exactOptional(z.string()),
  ending,
  times: z.exactOptional(workTimes),
});
export type PastAttempt = z.output<typeof past>;

/** One task of one run: the current attempt and the earlier ones. */
export const taskRecord = z.object({
  run: z.string(),
  pipeline: z.string(),
  task: z.string(),
  attempt: z.object({
    number: z.number(),
    since: z.number(),
    token: z.string(),
    turn: z.exactOptional(z.string()),
    work,
    /** Seconds. */
    timeout: z.number(),
    /** Bytes of JSON; 0: no expression reads the output. */
    outputLimit: z.number(),
    /** Datasets to publish when it succeeds. */
    publishes: z.exactOptional(z.array(z.string())),
    /** Its share of a pool. `held`: the numbers of its places, since it got them. */
    pool: z.exactOptional(
      z.object({
        name: z.string(),
        places: z.number(),
        priority: z.number(),
        catchUp: z.exactOptional(z.literal(true)),
        held: z.exactOptional(z.array(z.number())),
      }),
    ),
    /** How often the work was begun, or tried to. Answers to an earlier try do not count for the latest. */
    tries: z.number(),
    phase,
    times: z.exactOptional(workTimes),
    /** Who decided that it succeeded, and when. */
    said: z.exactOptional(z.string()),
    /** Since when calls about it are denied, until people allow them, and the latest answer. */
    refused: z.exactOptional(z.object({ since: z.number(), reason: z.string() })),
  }),
  /** Tokens that no longer wait: a call with one of them is late. */
  spent: z.array(z.string()),
  /** The task's deadline, epoch milliseconds. Absent: it has none. */
  until: z.exactOptional(z.number()),
  /** A look found that the deadline has passed, and stops the work. Other clocks may be behind. */
  overdue: z.exactOptional(z.literal(true)),
  /** The run is over; nothing of it may continue. */
  stopped: z.exactOptional(z.literal(true)),
  earlier: z.array(past),
});
export type TaskRecord = z.output<typeof taskRecord>;
export type Attempt = TaskRecord['attempt'];

/** The part of a task's record that says how it ended: reading it takes a tenth of the time. */
export const endedTask = z.object({ attempt: z.object({ phase: z.object({ at: z.literal('ended'), ending }) }) });

export function isOpen({ attempt }: TaskRecord): boolean {
  const { phase } = attempt;
  return phase.at !== 'ended' || phase.delivery === 'pending' || phase.publication === 'pending';
}

/** For things that run one work at a time. */
function holdsThing({ work, phase }: Attempt): boolean {
  if (kindOf(work.kind).runs.alone === undefined) return false;
  return (phase.at === 'starting' && !phase.joins) || (phase.at === 'running' && !phase.joined);
}

const stopAgainMilliseconds = 60_000;
const takenMilliseconds = 30 * 60_000;

/**
 * When to stop running work: at once, after a minute, and then after twice as long each time; much later if the
 * service says that the work is stopping.
 */
export function nextStop({ since, stopAsked }: Running): number {
  if (stopAsked === undefined) return since;
  const { at, times, taken = false } = stopAsked;
  return at + (taken ? takenMilliseconds : stopAgainMilliseconds * 2 ** Math.min(times - 1, 6));
}

function ownDue({ phase, work, timeout }: Attempt): number | undefined {
  if (phase.at === 'queued') return phase.next;
  if (phase.at === 'starting') return phase.lease;
  if (phase.at !== 'running') return undefined;
  const { endsAtTimeout, looks } = kindOf(work.kind).runs;
  const looked = phase.looked ?? phase.since;
  const due = looks === undefined ? [] : [looks.due(work, phase.since, looked)];
  const ends = endsAtTimeout ? [] : [phase.since + timeout * 1_000];
  const all = [...due, ...ends];
  return all.length === 0 ? undefined : Math.min(...all);
}

/**
 * When somebody must look at it, even if no event comes. Undefined: it only runs. Work that is being stopped moves
 * to its next stop, so that a thousand tasks past their deadline do not block what is due after them.
 */
function dueOf({ attempt, until, overdue, stopped }: TaskRecord): number | undefined {
  const { phase } = attempt;
  if (phase.at === 'ended') return undefined;
  if (phase.at === 'running' && (overdue || stopped || phase.tooLong)) return nextStop(phase);
  const own = ownDue(attempt);
  if (own === undefined || until === undefined) return own ?? until;
  return Math.min(own, until);
}

const monthSeconds = 30 * 24 * 3600;

export function taskIndex(record: TaskRecord): IndexEntry[] {
  const { run, task, attempt } = record;
  const { phase } = attempt;
  const { kind } = attempt.work;
  const name = kindOf(kind).runs.name(attempt.work);
  const entries: IndexEntry[] = [];
  if (isOpen(record)) {
    const sort = `task#${run}#${task}`;
    const value = { kind: 'task', run, name: task };
    entries.push({ key: openShards.key(run, sort), value });
    const due = dueOf(record);
    if (due !== undefined) entries.push({ key: dueShards.key(run, dueSort(due, sort)), value });
  }
  // an attempt that joined other work is checked when that work ends, like one that waits for capacity
  if ((phase.at === 'queued' && !waitsForPlace(attempt)) || (phase.at === 'running' && phase.joined)) {
    const sort = `${String(phase.since).padStart(15, '0')}#${run}#${task}`;
    entries.push({ key: { partition: queuePartition(kind, name), sort }, value: { run, task } });
  }
  // people decide on it, and want to know
  if (phase.at === 'running' && !record.stopped && kindOf(kind).runs.looks?.decided !== undefined) {
    const { since: at } = phase;
    const value = { occasion: 'approval', pipeline: record.pipeline, run, task, at };
    entries.push({ key: noticeKey(at, 'approval', run, task), value, expires: Math.floor(at / 1000) + monthSeconds });
  }
  entries.push(...poolIndex(record));
  if (holdsThing(attempt)) {
    entries.push({ key: holderKey(kind, name), value: { run, task, attempt: attempt.number }, sole: true });
  }
  if ('id' in phase && phase.id !== undefined) {
    entries.push({
      key: workKey(kind, phase.id),
      value: { run, task, attempt: attempt.number },
      expires: Math.floor(attempt.since / 1000) + monthSeconds,
    });
  }
  return entries;
}
