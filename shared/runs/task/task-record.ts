import * as z from 'zod/mini';
import { type IndexEntry, storedJson } from '../../ledger/decision.ts';
import { duePartition, dueSort, holderKey, openPartition, queuePartition, workKey } from '../../ledger/ledger-keys.ts';
import { kindOf, work } from '../../tasks/kinds.ts';

/** How an attempt ended, as the state that waits for it is told. */
const ending = z.discriminatedUnion('result', [
  z.object({ result: z.literal('succeeded'), output: z.exactOptional(storedJson) }),
  z.object({ result: z.literal('skipped') }),
  /** `error`: one of `shared/tasks/errors.ts`. */
  z.object({ result: z.literal('failed'), error: z.string(), cause: z.string() }),
]);
export type Ending = z.output<typeof ending>;

/** Times are epoch milliseconds. */
const phase = z.discriminatedUnion('at', [
  /** The work is being begun, or was. Until `lease` nobody else does it; after it, the service is asked before. */
  z.object({
    at: z.literal('starting'),
    since: z.number(),
    lease: z.number(),
    /** Other work of the same name goes on, and is looked for. */
    joins: z.exactOptional(z.literal(true)),
  }),
  /** The service had no room. `next`: when to try again, if no work of the same name ends before. */
  z.object({ at: z.literal('queued'), since: z.number(), next: z.number(), reason: z.string() }),
  z.object({
    at: z.literal('running'),
    since: z.number(),
    id: z.string(),
    /** It is another's work, or somebody else's, that the attempt only waits for. */
    joined: z.exactOptional(z.literal(true)),
    /** Its timeout is over, as somebody has seen. */
    tooLong: z.exactOptional(z.literal(true)),
    /** When its stop was last asked for, and how often. `taken`: the service says that the work is stopping. */
    stopAsked: z.exactOptional(
      z.object({ at: z.number(), times: z.number(), taken: z.exactOptional(z.literal(true)) }),
    ),
  }),
  /** The work has succeeded; its output is to be read. */
  z.object({ at: z.literal('finishing'), since: z.number(), id: z.string() }),
  /** `told`: Step Functions took the ending. `closed`: it waits no more; why, nobody knows. */
  z.object({
    at: z.literal('ended'),
    since: z.number(),
    id: z.exactOptional(z.string()),
    ending,
    delivery: z.enum(['pending', 'told', 'closed']),
    /** Its datasets are to be marked, by whoever looks at the record next. */
    publication: z.exactOptional(z.literal('pending')),
  }),
]);
export type Phase = z.output<typeof phase>;

/** As the service counts them. */
const workTimes = z.object({
  startedOn: z.exactOptional(z.number()),
  completedOn: z.exactOptional(z.number()),
  executionSeconds: z.exactOptional(z.number()),
  dpuSeconds: z.exactOptional(z.number()),
});
const past = z.object({
  number: z.number(),
  /** When the task's state asked for it, and when it ended. */
  since: z.number(),
  ended: z.number(),
  id: z.exactOptional(z.string()),
  ending,
  times: z.exactOptional(workTimes),
});
export type PastAttempt = z.output<typeof past>;

/** One task of one run: the attempt that counts, and those before it. */
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
    /** Bytes of JSON; 0: nobody reads an output. */
    outputLimit: z.number(),
    /** Datasets that it marks when it succeeds. */
    publishes: z.exactOptional(z.array(z.string())),
    /** How often the work was begun, or tried to. Answers to an earlier try are not taken for the latest one's. */
    tries: z.number(),
    phase,
    times: z.exactOptional(workTimes),
    /** Since when calls about it are refused that only people can allow, and what the latest answer was. */
    refused: z.exactOptional(z.object({ since: z.number(), reason: z.string() })),
  }),
  /** Tokens that are closed: a call with one of them comes late. */
  spent: z.array(z.string()),
  /** The task's deadline, epoch milliseconds. Absent: it has none. */
  until: z.exactOptional(z.number()),
  /** Somebody has seen it pass, and stops what goes on: another's clock may be behind. */
  overdue: z.exactOptional(z.literal(true)),
  /** The run is over; nothing of it may go on. */
  stopped: z.exactOptional(z.literal(true)),
  earlier: z.array(past),
});
export type TaskRecord = z.output<typeof taskRecord>;
export type Attempt = TaskRecord['attempt'];

export function isOpen({ attempt }: TaskRecord): boolean {
  const { phase } = attempt;
  return phase.at !== 'ended' || phase.delivery === 'pending' || phase.publication === 'pending';
}

/** Of what runs one work at a time. */
function holdsPlace({ work, phase }: Attempt): boolean {
  if (kindOf(work.kind).runs.alone === undefined) return false;
  return (phase.at === 'starting' && !phase.joins) || (phase.at === 'running' && !phase.joined);
}

const stopAgainMilliseconds = 60_000;
const takenMilliseconds = 30 * 60_000;

/**
 * When the stop of running work is to be asked for: at once, then after a minute, then after twice as long each time; much
 * later where the service says that the work is stopping.
 */
export function nextStop({ since, stopAsked }: Extract<Phase, { at: 'running' }>): number {
  if (stopAsked === undefined) return since;
  const { at, times, taken = false } = stopAsked;
  return at + (taken ? takenMilliseconds : stopAgainMilliseconds * 2 ** Math.min(times - 1, 6));
}

function ownDue({ phase, work, timeout }: Attempt): number | undefined {
  if (phase.at === 'queued') return phase.next;
  if (phase.at === 'starting') return phase.lease;
  const isOurs = phase.at === 'running' && kindOf(work.kind).runs.endsAtTimeout === undefined;
  return isOurs ? phase.since + timeout * 1_000 : undefined;
}

/**
 * When somebody must look at it, whatever events come. Undefined: it only runs. Work that is being stopped moves to its next
 * stop: a thousand tasks past their deadline do not stand in front of what is due after them.
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
    entries.push({ key: { partition: openPartition, sort }, value });
    const due = dueOf(record);
    if (due !== undefined) entries.push({ key: { partition: duePartition, sort: dueSort(due, sort) }, value });
  }
  // whoever has joined is looked at when the work ends, as who waits for room is
  if (phase.at === 'queued' || (phase.at === 'running' && phase.joined)) {
    const sort = `${String(phase.since).padStart(15, '0')}#${run}#${task}`;
    entries.push({ key: { partition: queuePartition(kind, name), sort }, value: { run, task } });
  }
  if (holdsPlace(attempt)) {
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
