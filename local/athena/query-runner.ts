import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { QueryExecution } from './query-store.ts';
import { type Answer, type QueryData, runStatement } from './run-statement.ts';

export type QueryEnd = { readonly answer: Answer } | { readonly failed: string };

export interface QueryRunner {
  /** @param end told once, unless the runner was closed before */
  run(query: QueryExecution, end: (end: QueryEnd) => void): void;
  close(): void;
}

export function createSqlRunner(data: QueryData): QueryRunner {
  let closed = false;
  return {
    run(query, end) {
      void runStatement(query, data)
        .then((answer): QueryEnd => ({ answer }))
        .catch((error: unknown): QueryEnd => ({ failed: error instanceof Error ? error.message : String(error) }))
        .then((result) => {
          if (!closed) end(result);
        });
    },
    close() {
      closed = true;
    },
  };
}

/** What a simulated query does. It must come out the same when it is asked for again after a restart. */
export type SimulateQuery = (query: QueryExecution) => { readonly seconds: number; readonly failed?: string };

/** Asks nothing: the given durations pass on the clock. */
export function createSimulatedQueries(clock: Clock, simulate: SimulateQuery): QueryRunner {
  const timers = createTimers(clock);
  return {
    run(query, end) {
      const { seconds, failed } = simulate(query);
      timers.at(query.submittedOn + seconds * 1_000, () =>
        end(failed === undefined ? { answer: { statementType: 'DML', columns: [], rows: [] } } : { failed }),
      );
    },
    close: () => timers.cancelAll(),
  };
}
