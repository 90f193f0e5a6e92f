import * as z from 'zod/mini';
import { readEvent } from '../events/read-event.ts';
import { storedJson } from '../ledger/decision.ts';
import type { FinishCall, GateCall, SignalCall, StartTaskCall } from './messages.ts';
import { type Outcomes, outcomes } from './outcome.ts';

const task: z.ZodMiniType<StartTaskCall> = z.object({
  call: z.literal('task'),
  token: z.string().check(z.minLength(1)),
  turn: z.exactOptional(z.string()),
  run: z.string(),
  pipeline: z.string(),
  task: z.string(),
  if: z.exactOptional(storedJson),
  attempts: z.exactOptional(z.number()),
  timeout: z.number().check(z.positive()),
  deadline: z.exactOptional(z.number().check(z.positive())),
  outputLimit: z.number(),
  work: z.object({
    kind: z.literal('glue-job'),
    job: z.string(),
    args: z.record(z.string(), storedJson),
    inject: z.boolean(),
  }),
});

const gate: z.ZodMiniType<GateCall> = z.object({
  call: z.literal('gate'),
  token: z.string().check(z.minLength(1)),
  turn: z.exactOptional(z.string()),
  run: z.string(),
  gate: z.string(),
  needs: z.array(z.string()),
  rule: z.exactOptional(
    z.union([
      z.enum(['all_succeeded', 'none_failed', 'all_done', 'any_succeeded', 'any_failed']),
      z.object({ atLeast: z.number() }),
    ]),
  ),
});

const start = z.union([task, gate]);

/** With outputs that are known to be JSON. */
type Parsed<Call> = Call & { readonly tasks: Outcomes };

const signal: z.ZodMiniType<Parsed<SignalCall>> = z.object({
  run: z.string(),
  gates: z.array(z.string()),
  tasks: outcomes,
});

const finish: z.ZodMiniType<Parsed<FinishCall>> = z.object({
  run: z.string(),
  pipeline: z.string(),
  status: z.enum(['SUCCEEDED', 'FAILED']),
  tasks: outcomes,
});

/** What a state machine hands to `start-task`. @throws {UnreadableEvent} */
export const readStartCall = (event: unknown): StartTaskCall | GateCall => readEvent(start, event);

/** @throws {UnreadableEvent} */
export const readSignalCall = (event: unknown): Parsed<SignalCall> => readEvent(signal, event);

/** @throws {UnreadableEvent} */
export const readFinishCall = (event: unknown): Parsed<FinishCall> => readEvent(finish, event);
