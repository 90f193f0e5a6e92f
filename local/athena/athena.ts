import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import { parsePath } from '../crawls/s3-path.ts';
import type { EventEntry } from '../events/event.ts';
import type { S3 } from '../s3/s3.ts';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import { isRefusedByDisk } from '../storage/sqlite-error.ts';
import { transaction } from '../storage/transaction.ts';
import { createLiveWork } from '../work/live-work.ts';
import type { QueryEnd, QueryRunner } from './query-runner.ts';
import { queryStateChange } from './query-state-change.ts';
import { openQueryStore, type QueryExecution } from './query-store.ts';
import { resultFile, resultSet, shownRows } from './result-file.ts';
import type { Answer } from './statements/context.ts';

export type AthenaOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly s3: S3;
  /** Bucket for the results of queries without an `OutputLocation`. */
  readonly outputBucket: string;
  readonly runner: QueryRunner;
  readonly emit: (entry: EventEntry) => void;
};

export interface Athena extends Service {
  /** Reruns the queries that an earlier process left open. They write their results to the same keys. */
  recover(): void;
  close(): void;
}

const id = z.object({ QueryExecutionId: z.string().check(z.minLength(1)) });
const inputs = {
  StartQueryExecution: z.object({
    QueryString: z.string().check(z.minLength(1), z.maxLength(262_144)),
    ClientRequestToken: z.optional(z.string().check(z.minLength(32), z.maxLength(128))),
    QueryExecutionContext: z.optional(z.object({ Database: z.optional(z.string()) })),
    ResultConfiguration: z.optional(z.object({ OutputLocation: z.optional(z.string()) })),
    WorkGroup: z.optional(z.string()),
    ExecutionParameters: z.optional(z.array(z.string())),
  }),
  GetQueryResults: z.object({
    QueryExecutionId: z.string(),
    MaxResults: z.optional(z.int().check(z.minimum(1), z.maximum(1_000))),
    NextToken: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
  }),
};

const typesOf = z.array(z.object({ name: z.string(), type: z.string() }));
const valuesOf = z.array(z.array(z.nullable(z.string())));

/** Athena over the local Data Catalog. Queries use DuckDB's SQL, plus Athena's names for some functions. */
export function createAthena(options: AthenaOptions): Athena {
  const { database, clock, uuid, s3, outputBucket, runner, emit } = options;
  const store = openQueryStore(database);
  const timers = createTimers(clock);
  const live = createLiveWork();

  function queryWith(input: unknown): QueryExecution {
    const { QueryExecutionId } = parse(id, input);
    const query = store.get(QueryExecutionId);
    if (query !== undefined) return query;
    throw new ServiceError('InvalidRequestException', `QueryExecution ${QueryExecutionId} was not found`);
  }

  function save(query: QueryExecution, before: QueryExecution | undefined): void {
    transaction(database, () => {
      store.put(query);
      emit(queryStateChange(query, before?.state));
    });
  }

  function launch(query: QueryExecution): void {
    const running: QueryExecution = { ...query, state: 'RUNNING' };
    if (query.state !== 'RUNNING') save(running, query);
    live.add(
      query.id,
      runner(running, (end) => timers.retryWrite(() => settle(query.id, end))),
    );
  }

  function settle(id: string, end: QueryEnd): void {
    live.remove(id);
    const query = store.get(id);
    if (query === undefined || query.state !== 'RUNNING') return;
    const failed = 'failed' in end ? end.failed : problemOfKeeping(query, end.answer);
    const statementType = 'answer' in end ? end.answer.statementType : query.statementType;
    const endedOn = clock.now();
    if (failed !== undefined) save({ ...query, state: 'FAILED', reason: failed, endedOn }, query);
    else save({ ...query, state: 'SUCCEEDED', statementType, endedOn }, query);
  }

  /** Writes the result. @returns the reason if it cannot be written */
  function problemOfKeeping(query: QueryExecution, answer: Answer): string | undefined {
    try {
      keepResult(query, answer);
      return undefined;
    } catch (error) {
      // The timers try again.
      if (isRefusedByDisk(error)) throw error;
      return `the result cannot be written to ${query.output}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  function keepResult(query: QueryExecution, answer: Answer): void {
    const { bucket = outputBucket, key = '' } = parsePath(query.output) ?? {};
    const bytes = (text: string) => new TextEncoder().encode(text);
    if (!s3.buckets().includes(bucket)) s3.createBucket(bucket);
    const { columns } = answer;
    const rows = shownRows(answer);
    s3.put(bucket, `${key}${query.id}.csv`, bytes(resultFile(columns, rows)));
    const nullable = rows.map((row) => row.map((value) => value ?? null));
    s3.put(bucket, `${key}${query.id}.csv.metadata`, bytes(JSON.stringify({ columns, rows: nullable })));
  }

  function resultOf(query: QueryExecution) {
    const { bucket = outputBucket, key = '' } = parsePath(query.output) ?? {};
    const text = new TextDecoder().decode(s3.get(bucket, `${key}${query.id}.csv.metadata`));
    const { columns, rows } = z.object({ columns: typesOf, rows: valuesOf }).parse(JSON.parse(text));
    return { columns, rows: rows.map((row) => row.map((value) => value ?? undefined)) };
  }

  return {
    operations: {
      async StartQueryExecution(input) {
        const given = parse(inputs.StartQueryExecution, input);
        const { ClientRequestToken: token, WorkGroup = 'primary' } = given;
        const text = withParameters(given.QueryString, given.ExecutionParameters ?? []);
        const known = token === undefined ? undefined : store.byToken(token);
        if (known !== undefined && known.text !== text) {
          throw new ServiceError('InvalidRequestException', 'Idempotent parameters do not match');
        }
        if (known !== undefined) return { QueryExecutionId: known.id };
        const output = given.ResultConfiguration?.OutputLocation ?? `s3://${outputBucket}/athena/`;
        if (parsePath(output) === undefined) {
          throw new ServiceError('InvalidRequestException', `outputLocation is not a valid S3 path: ${output}`);
        }
        const query: QueryExecution = {
          id: uuid(),
          text,
          database: (given.QueryExecutionContext?.Database ?? 'default').toLowerCase(),
          output: output.endsWith('/') ? output : `${output}/`,
          workGroup: WorkGroup,
          state: 'QUEUED',
          statementType: /^\s*(?:create|drop|alter|msck)/i.test(text) ? 'DDL' : 'DML',
          submittedOn: clock.now(),
          ...present({ token }),
        };
        save(query, undefined);
        launch(query);
        return { QueryExecutionId: query.id };
      },
      async GetQueryExecution(input) {
        return { QueryExecution: describe(queryWith(input), clock.now()) };
      },
      async BatchGetQueryExecution(input) {
        const { QueryExecutionIds } = parse(z.object({ QueryExecutionIds: z.array(z.string()) }), input);
        const found = QueryExecutionIds.flatMap((each) => store.get(each) ?? []);
        return {
          QueryExecutions: found.map((query) => describe(query, clock.now())),
          UnprocessedQueryExecutionIds: [],
        };
      },
      async ListQueryExecutions() {
        return { QueryExecutionIds: store.list().map((query) => query.id) };
      },
      async StopQueryExecution(input) {
        const query = queryWith(input);
        if (query.state === 'QUEUED' || query.state === 'RUNNING') {
          live.stop(query.id);
          save({ ...query, state: 'CANCELLED', reason: 'Query cancelled by user', endedOn: clock.now() }, query);
        }
        return {};
      },
      async GetQueryResults(input) {
        const { MaxResults = 1_000, NextToken = '0', ...rest } = parse(inputs.GetQueryResults, input);
        const query = queryWith(rest);
        if (query.state !== 'SUCCEEDED') {
          const message = `Query has not yet finished. Current state: ${query.state}`;
          throw new ServiceError('InvalidRequestException', message);
        }
        const { columns, rows } = resultOf(query);
        const all = [columns.map(({ name }) => name), ...rows];
        const from = Number(NextToken);
        const next = from + MaxResults < all.length ? String(from + MaxResults) : undefined;
        return {
          ResultSet: resultSet(columns, all.slice(from, from + MaxResults)),
          UpdateCount: 0,
          ...present({ NextToken: next }),
        };
      },
    },
    recover() {
      for (const query of store.open()) launch(query);
    },
    close() {
      timers.cancelAll();
      live.stopAll();
    },
  };
}

function describe(query: QueryExecution, now: number): Record<string, unknown> {
  const took = (query.endedOn ?? now) - query.submittedOn;
  return {
    QueryExecutionId: query.id,
    Query: query.text,
    StatementType: query.statementType,
    ResultConfiguration: { OutputLocation: `${query.output}${query.id}.csv` },
    QueryExecutionContext: { Database: query.database, Catalog: 'awsdatacatalog' },
    WorkGroup: query.workGroup,
    Status: {
      State: query.state,
      SubmissionDateTime: query.submittedOn / 1_000,
      ...(query.endedOn !== undefined && { CompletionDateTime: query.endedOn / 1_000 }),
      ...(query.reason !== undefined && { StateChangeReason: query.reason }),
      ...(query.state === 'FAILED' && {
        AthenaError: { ErrorCategory: 2, ErrorType: 1001, ErrorMessage: query.reason, Retryable: false },
      }),
    },
    Statistics: { EngineExecutionTimeInMillis: took, TotalExecutionTimeInMillis: took, DataScannedInBytes: 0 },
  };
}

/** Replaces each question mark outside quotes with the next parameter, which is an SQL literal. */
function withParameters(text: string, values: readonly string[]): string {
  if (values.length === 0) return text;
  let at = 0;
  return text.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (part) => (part === '?' ? (values[at++] ?? part) : part));
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidRequestException');
}
