import * as z from 'zod/mini';
import { readEvent } from './read-event.ts';

/** `Step Functions Execution Status Change`: best effort, and may come out of order. */
export type ExecutionStatusChange = {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
  /** Epoch milliseconds. */
  readonly startDate?: number;
  readonly stopDate?: number;
  readonly error?: string;
  readonly cause?: string;
};

const text = z.optional(z.nullable(z.string()));

const schema = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  source: z.literal('aws.states'),
  detail: z.object({
    executionArn: z.string(),
    stateMachineArn: z.string(),
    name: z.string(),
    status: z.string(),
    startDate: z.optional(z.number()),
    stopDate: z.optional(z.nullable(z.number())),
    error: text,
    cause: text,
  }),
});

/** @throws {UnreadableEvent} */
export function readExecutionStatusChange(event: unknown): ExecutionStatusChange {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate, error, cause } = readEvent(
    schema,
    event,
  ).detail;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    ...(startDate === undefined ? {} : { startDate }),
    ...(typeof stopDate === 'number' ? { stopDate } : {}),
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof cause === 'string' ? { cause } : {}),
  };
}
