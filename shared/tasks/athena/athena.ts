import * as z from 'zod/mini';
import { about, field, value } from '../../reading/fields.ts';
import { attemptDigest } from '../kind/attempt-digest.ts';
import { changedText } from '../kind/changed-text.ts';
import { consoleOf } from '../kind/console.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { textOf } from '../kind/text-of.ts';
import { readQuery, readQueryStateChange } from './query-state.ts';

const text = z.string().check(z.minLength(1), z.maxLength(262_144));

const work = z.object({
  kind: z.literal('athena'),
  query: text,
  database: z.string(),
  workgroup: z.string(),
  args: z.array(value),
  /** Null: a folder of the stack's own bucket. */
  result: z.nullable(z.string()),
});
export type AthenaWork = z.output<typeof work>;

const query = field(text, {
  expected: 'one statement of SQL, at most 262,144 bytes',
  remedy: 'write it below `|`, or as an expression; values belong in `args`, one for each `?`',
  examples: ['SELECT count(*) FROM orders WHERE day = ?'],
});
const database = field(z.string().check(z.minLength(1), z.maxLength(255)), {
  expected: 'a database of the Data Catalog',
  remedy: 'write the name of one database, such as sales',
  examples: ['sales'],
});
const workgroup = field(z.string().check(z.regex(/^[a-zA-Z0-9._-]{1,128}$/)), {
  expected: 'the name of a workgroup of Athena',
  remedy: 'name one that exists, or leave it out for `primary`',
});
const address = field(z.string().check(z.regex(/^(?:s3:\/\/|\{%)/)), {
  expected: 'an address in S3, or an expression that makes one',
  remedy: 'write a folder such as s3://lake/results/',
});

const fields = {
  athena: query,
  database,
  workgroup: about('The workgroup that the query runs in; `primary` by default', workgroup, ['reports']),
  args: about('Values for the question marks of the statement, in their order; may be expressions', z.array(value), [
    ['{% $params.day %}'],
  ]),
  result: about('The folder of the result; one of the stack’s own by default', address, ['s3://lake/results/']),
};
const schema = z.object(fields);

/** Remedy for words that mean the values of a query. */
const asArgs = 'write `args: [VALUE, …]`, with a value for each `?` of the query';

/** A query of Athena. Its client token is the same for each try of one attempt, so that none begins twice. */
export const athena = {
  kind: 'athena',
  service: 'Athena',
  file: {
    fields,
    words: ['sql', 'query', 'athenaquery', 'startqueryexecution', 'querystring'],
    habits: { params: asArgs, parameters: asArgs, executionparameters: asArgs },
    expressions: ['athena', 'args', 'result'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { athena: query, database, workgroup = 'primary', args = [], result = null } = read.data;
      return { kind: 'athena', query, database, workgroup, args, result };
    },
    check(work, _, report) {
      const marks = work.query.startsWith('{%') ? undefined : placeholders(work.query);
      if (marks === undefined || marks === work.args.length) return;
      report({
        path: work.args.length === 0 ? ['athena'] : ['args'],
        code: 'query-args',
        message: `the query has ${counted(marks, '`?`')}, but \`args\` has ${counted(work.args.length, 'value')}`,
        remedy: 'write one value in `args` for each `?`, in their order',
      });
    },
    values: ({ query, args, result }) => [query, [...args], result],
    noOutput: () => undefined,
  },
  things: {
    workgroup: { service: 'athena', resource: (name) => `workgroup/${name}` },
    catalog: { service: 'glue', resource: () => 'catalog' },
    database: { service: 'glue', resource: (name) => `database/${name}` },
    'database-table': { service: 'glue', resource: (name) => `table/${name}/*` },
  },
  uses: ({ workgroup, database }) => [
    { what: 'workgroup', name: workgroup },
    { what: 'catalog', name: 'catalog' },
    { what: 'database', name: database },
    { what: 'database-table', name: database },
  ],
  renamed: (work, _, value) => ({
    ...work,
    query: changedText(work.query, value),
    args: work.args.map(value),
    result: work.result === null ? null : changedText(work.result, value),
  }),
  runs: {
    by: 'service',
    work,
    name: ({ workgroup }) => workgroup,
    isMarked: () => false,
    begin: ({ work, ...order }, stack) => ({
      call: 'athena:StartQueryExecution',
      input: {
        QueryString: work.query,
        QueryExecutionContext: { Database: work.database },
        WorkGroup: work.workgroup,
        ResultConfiguration: {
          OutputLocation: work.result ?? `s3://${stack.outputBucket}/athena/${order.run}/${order.task}/`,
        },
        // numbers are passed unchanged, and a text is already a SQL literal
        ...(work.args.length === 0 ? {} : { ExecutionParameters: work.args.map(textOf) }),
        // Athena wants 32 characters at least
        ClientRequestToken: `gluewright-${attemptDigest(order, stack)}`,
      },
    }),
    begun: (answer) => z.object({ QueryExecutionId: z.string() }).parse(answer).QueryExecutionId,
    ask: {
      call: (_, QueryExecutionId) => ({ call: 'athena:GetQueryExecution', input: { QueryExecutionId } }),
      read: (answer, { id }) => readQuery(answer, id),
    },
    stop: {
      atOnce: 1,
      call: (_, [QueryExecutionId]) => ({ call: 'athena:StopQueryExecution', input: { QueryExecutionId } }),
    },
    event: {
      pattern: {
        source: ['aws.athena'],
        'detail-type': ['Athena Query State Change'],
        detail: { currentState: ['SUCCEEDED', 'FAILED', 'CANCELLED'] },
      },
      read: readQueryStateChange,
      onlyAsks: true,
    },
    shows: {
      page: (_, id, region) => `${consoleOf(region)}/athena/home?region=${region}#/query-editor/history/${id}`,
    },
    refused: ['TooManyRequestsException'],
    gone: ['InvalidRequestException'],
    sends: [
      {
        call: 'athena:StartQueryExecution',
        on: 'workgroup',
        begins: true,
        // Athena reads the catalog and the data, and writes results and tables, with the rights of whoever asks.
        needs: [
          ...['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartition', 'glue:GetPartitions'],
          ...['glue:BatchGetPartition', 'glue:CreateTable', 'glue:UpdateTable', 'glue:DeleteTable'],
          ...['glue:BatchCreatePartition', 'glue:CreatePartition', 'glue:UpdatePartition'],
        ]
          .flatMap((action) => catalogScopes(action).map((on) => ({ action, on })))
          .concat([
            { action: 's3:GetObject', on: 'objects' },
            { action: 's3:PutObject', on: 'objects' },
            { action: 's3:AbortMultipartUpload', on: 'objects' },
            { action: 's3:ListBucket', on: 'buckets' },
            { action: 's3:GetBucketLocation', on: 'buckets' },
          ]),
      },
      { call: 'athena:GetQueryExecution', on: 'workgroup' },
      { call: 'athena:StopQueryExecution', on: 'workgroup' },
    ],
    errors: { failed: 'Athena.QueryFailed', timedOut: 'Athena.QueryTimedOut', stopped: 'Athena.QueryCancelled' },
  },
} as const satisfies TaskKind<AthenaWork>;

/** Glue checks the catalog, the database and the table of each call. */
function catalogScopes(action: string): string[] {
  return action === 'glue:GetDatabase' ? ['catalog', 'database'] : ['catalog', 'database', 'database-table'];
}

/** How many question marks the statement has outside quotation marks and comments. */
function placeholders(statement: string): number {
  const rest = statement.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g, '');
  return rest.split('?').length - 1;
}

function counted(number: number, what: string): string {
  const many = what.endsWith('`') ? what : `${what}s`;
  return number === 0 ? `no ${many}` : `${number} ${number === 1 ? what : many}`;
}
