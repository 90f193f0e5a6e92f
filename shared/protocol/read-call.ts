import * as z from 'zod/mini';
import { readEvent } from '../events/read-event.ts';
import { storedJson } from '../ledger/decision.ts';
import { work } from '../tasks/kinds.ts';
import { carried, lostErrors } from './outcome.ts';

/** As in a pipeline file's `when`. */
export const joinRule = z.union([
  z.enum(['all_succeeded', 'none_failed', 'all_done', 'any_succeeded', 'any_failed']),
  z.object({ atLeast: z.number() }),
]);

/**
 * Calls of the state machines to the functions. The types follow from the schemas, and the compiler writes those
 * types, so it cannot write what would not be read.
 */

/**
 * A task's state → `start-task`, with `lambda:invoke.waitForTaskToken`. Answered with a `TaskResult`. A native task's state
 * waits for the function itself, whose answer is a `NativeStart`.
 */
const task = z.object({
  call: z.literal('task'),
  token: z.string().check(z.minLength(1)),
  /** See `call-order.ts`. Absent: the state machine is older than the functions. */
  turn: z.exactOptional(z.string()),
  run: z.string(),
  pipeline: z.string(),
  task: z.string(),
  /** The value of the task's `if:`. Absent: it has none. */
  if: z.exactOptional(storedJson),
  /** How many attempts the task has. Absent: the state machine is older than the functions. */
  attempts: z.exactOptional(z.number()),
  /** Seconds the work itself may take. */
  timeout: z.number().check(z.positive()),
  /** Seconds the task may take from its first call on, all tries and waits included. Absent: no limit. */
  deadline: z.exactOptional(z.number().check(z.positive())),
  /** Largest output, in bytes of JSON, that the state document has room for. 0: nothing reads it. */
  outputLimit: z.number(),
  /** With its expressions evaluated. */
  work,
});
export type StartTaskCall = z.output<typeof task>;

/** The last state of a native task → `start-task`: what its own state came to. Answered with a `TaskResult`. */
const end = z.object({
  call: z.literal('end'),
  run: z.string(),
  task: z.string(),
  /** Absent: the state failed. */
  result: z.exactOptional(storedJson),
  error: z.exactOptional(z.string()),
  cause: z.exactOptional(z.string()),
});
export type EndTaskCall = z.output<typeof end>;

/** A gate's state → `start-task`, with a token. Answered with a `GateResult`. */
const gate = z.object({
  call: z.literal('gate'),
  token: z.string().check(z.minLength(1)),
  /** See `call-order.ts`. Absent: the state machine is older than the functions. */
  turn: z.exactOptional(z.string()),
  run: z.string(),
  /** The name of the task (or of the first task of the part) that waits. */
  gate: z.string(),
  /** Keys of the outcomes that the gate needs, each sent by a signal that names this gate. */
  needs: z.readonly(z.array(z.string())),
  /** Keys of outcomes that the gate passes on if it has them when it opens, but does not wait for. */
  wants: z.exactOptional(z.readonly(z.array(z.string()))),
  /** Absent: all of `needs` must be there. Otherwise the early rule, over all of `needs`: each is one task's then. */
  rule: z.exactOptional(joinRule),
});
export type GateCall = z.output<typeof gate>;

/** A signal state → `signal`: outcomes for the gates that need them. */
const signal = z.object({ run: z.string(), gates: z.readonly(z.array(z.string())), tasks: carried });
export type SignalCall = z.output<typeof signal>;

/** The last task → `finish-run`. The status is decided in the state machine. */
const finish = z.object({
  run: z.string(),
  pipeline: z.string(),
  status: z.enum(['SUCCEEDED', 'FAILED']),
  lost: lostErrors,
});
export type FinishCall = z.output<typeof finish>;

const start = z.union([task, end, gate]);

/** @throws {UnreadableEvent} */
export const readStartCall = (event: unknown): StartTaskCall | EndTaskCall | GateCall => readEvent(start, event);

/** @throws {UnreadableEvent} */
export const readSignalCall = (event: unknown): SignalCall => readEvent(signal, event);

/** @throws {UnreadableEvent} */
export const readFinishCall = (event: unknown): FinishCall => readEvent(finish, event);
