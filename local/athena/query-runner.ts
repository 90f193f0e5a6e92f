import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import { type Runner, runnerOf } from '../work/runner.ts';
import type { QueryExecution } from './query-store.ts';
import { runStatement } from './run-statement.ts';
import type { Answer, QueryData } from './statements/context.ts';

export type QueryEnd = { readonly answer: Answer } | { readonly failed: string };

export type QueryRunner = Runner<QueryExecution, QueryEnd>;

/** Runs queries on DuckDB. */
export function createSqlRunner(data: QueryData): QueryRunner {
  return runnerOf<QueryExecution, QueryEnd>(
    async (query, signal) => ({ answer: await runStatement(query, data, signal) }),
    (failed) => ({ failed }),
  );
}

/** What a simulated query does. After a restart, the same query must get the same answer. */
export type SimulateQuery = (query: QueryExecution) => { readonly seconds: number; readonly failed?: string };

/** Runs no query: only the given time passes on the clock. */
export function createSimulatedQueries(clock: Clock, simulate: SimulateQuery): QueryRunner {
  const timers = createTimers(clock);
  return (query, report) => {
    const { seconds, failed } = simulate(query);
    return timers.at(query.submittedOn + seconds * 1_000, () =>
      report(failed === undefined ? { answer: { statementType: 'DML', columns: [], rows: [] } } : { failed }),
    );
  };
}
