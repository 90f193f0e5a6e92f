import type { QueryExecutionState } from '@aws-sdk/client-athena';
import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';
import { present } from '../../json.ts';
import { meaningOf } from '../kind/meaning-of.ts';
import type { SeenWork, WorkEnd, WorkEvent, WorkState } from '../kind/work-state.ts';

/** Athena has a word of its own for each. A query that runs may be queued again. */
const meanings = {
  QUEUED: 'open',
  RUNNING: 'open',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'stopped',
} as const satisfies Record<QueryExecutionState, WorkEnd | 'open'>;

function stateOf(says: string, message: string | undefined): WorkState {
  const is = meaningOf(meanings, says);
  return is === 'open' ? { is, says } : { is, says, ...present({ message }) };
}

const answer = z.object({
  QueryExecution: z.optional(
    z.object({
      ResultConfiguration: z.optional(z.object({ OutputLocation: z.optional(z.string()) })),
      Status: z.optional(
        z.object({
          State: z.optional(z.string()),
          StateChangeReason: z.optional(z.string()),
          SubmissionDateTime: z.optional(z.date()),
          CompletionDateTime: z.optional(z.date()),
        }),
      ),
      Statistics: z.optional(
        z.object({
          DataScannedInBytes: z.optional(z.number()),
          EngineExecutionTimeInMillis: z.optional(z.number()),
        }),
      ),
    }),
  ),
});

/** The answer of `GetQueryExecution`. The output of a query is where its result lies. */
export function readQuery(given: unknown, id: string): SeenWork | undefined {
  const query = answer.parse(given).QueryExecution;
  if (query?.Status?.State === undefined) return undefined;
  const { Status, Statistics, ResultConfiguration } = query;
  const state = stateOf(query.Status.State, Status.StateChangeReason);
  const output = {
    query: id,
    ...present({ result: ResultConfiguration?.OutputLocation, scannedBytes: Statistics?.DataScannedInBytes }),
  };
  const milliseconds = Statistics?.EngineExecutionTimeInMillis;
  return {
    id,
    state: state.is === 'succeeded' ? { is: state.is, says: state.says, output } : state,
    times: present({
      startedOn: Status.SubmissionDateTime?.getTime(),
      completedOn: Status.CompletionDateTime?.getTime(),
      executionSeconds: milliseconds === undefined ? undefined : milliseconds / 1_000,
    }),
  };
}

const event = z.object({
  'detail-type': z.literal('Athena Query State Change'),
  source: z.literal('aws.athena'),
  detail: z.object({
    currentState: z.string(),
    queryExecutionId: z.string(),
    workgroupName: z.string(),
    athenaError: z.optional(z.object({ errorMessage: z.optional(z.string()) })),
  }),
});

/** @throws {UnreadableEvent} */
export function readQueryStateChange(given: unknown): WorkEvent {
  const { currentState, queryExecutionId, workgroupName, athenaError } = readEvent(event, given).detail;
  return { name: workgroupName, id: queryExecutionId, state: stateOf(currentState, athenaError?.errorMessage) };
}
