import type { StatusString } from '@aws-sdk/client-redshift-data';
import * as z from 'zod/mini';
import { readEvent } from '../../events/read-event.ts';
import { type Json, present } from '../../json.ts';
import { meaningOf } from '../kind/meaning-of.ts';
import type { Owner, SeenWork, WorkEnd, WorkEvent, WorkState } from '../kind/work-state.ts';

const meanings = {
  SUBMITTED: 'open',
  PICKED: 'open',
  STARTED: 'open',
  FINISHED: 'succeeded',
  FAILED: 'failed',
  ABORTED: 'stopped',
  // only filters a list
  ALL: 'open',
} as const satisfies Record<StatusString, WorkEnd | 'open'>;

function stateOf(says: string, message: string | undefined, output: Json): WorkState {
  const is = meaningOf(meanings, says);
  if (is === 'open') return { is, says };
  return is === 'succeeded' ? { is, says, output } : { is, says, ...present({ message }) };
}

const described = z.object({
  Status: z.optional(z.string()),
  Error: z.optional(z.string()),
  ResultRows: z.optional(z.number()),
  SubStatements: z.optional(z.array(z.object({ ResultRows: z.optional(z.number()), Error: z.optional(z.string()) }))),
  CreatedAt: z.optional(z.date()),
  UpdatedAt: z.optional(z.date()),
  /** Nanoseconds. */
  Duration: z.optional(z.number()),
});

/** The answer of `DescribeStatement`, about one statement or about several that ran together. */
export function readStatement(answer: unknown, id: string): SeenWork | undefined {
  const { Status, Error: error, ResultRows, SubStatements = [], ...times } = described.parse(answer);
  if (Status === undefined) return undefined;
  const message = error ?? SubStatements.find((each) => each.Error !== undefined)?.Error;
  const counts = SubStatements.length === 0 ? [ResultRows] : SubStatements.map((sub) => sub.ResultRows);
  const state = stateOf(Status, message, outputOf(id, counts));
  const { CreatedAt, UpdatedAt, Duration = -1 } = times;
  return {
    id,
    state,
    times: present({
      startedOn: CreatedAt?.getTime(),
      completedOn: state.is === 'open' ? undefined : UpdatedAt?.getTime(),
      executionSeconds: Duration < 0 ? undefined : Duration / 1e9,
    }),
  };
}

/** @param counts of the rows that each statement returned or changed. Redshift says -1 where it has none */
function outputOf(statement: string, counts: readonly (number | undefined)[]): Json {
  const rows = counts.flatMap((count) => (count === undefined || count < 0 ? [] : [count]));
  return rows.length === 0 ? { statement } : { statement, rows: rows.reduce((sum, count) => sum + count, 0) };
}

/** How the names of Gluewright's statements begin. */
export const mark = 'gluewright/';

/** The events of a statement have its name, but not that of its warehouse, which therefore is the last part of it. */
export function statementName({ run, task, attempt }: Owner, warehouse: string): string {
  return `${mark}${run}/${task}/${attempt}/${warehouse}`;
}

const event = z.object({
  'detail-type': z.literal('Redshift Data Statement Status Change'),
  source: z.literal('aws.redshift-data'),
  detail: z.object({
    statementId: z.string(),
    statementName: z.string(),
    state: z.string(),
    rows: z.optional(z.number()),
  }),
});

/** @throws {UnreadableEvent} */
export function readStatementStatusChange(given: unknown): WorkEvent {
  const { statementId, statementName, state, rows } = readEvent(event, given).detail;
  const name = statementName.slice(statementName.lastIndexOf('/') + 1);
  return { name, id: statementId, state: stateOf(state, undefined, outputOf(statementId, [rows])) };
}
