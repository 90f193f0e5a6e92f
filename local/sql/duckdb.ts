import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ServiceError } from '../service/service-error.ts';
import { createSlots } from './slots.ts';
import { literal } from './sql-text.ts';

/** An in-memory DuckDB database for one piece of work. DuckDB uses its own threads. */
export interface Sql {
  /** Runs one statement. Dates, decimals and numbers beyond 2^53 are returned as DuckDB's text. */
  rows(statement: string): Promise<readonly Row[]>;
  /** Runs a user's statement, whose columns may have equal names. */
  result(statement: string): Promise<Result>;
  /** A folder for temporary files, deleted at the end. */
  readonly folder: string;
}

export type Row = Readonly<Record<string, unknown>>;
/** `type` is a DuckDB type. */
export type ResultColumn = { readonly name: string; readonly type: string };
export type Result = { readonly columns: readonly ResultColumn[]; readonly rows: readonly (readonly unknown[])[] };

/**
 * Opens a database, works with it, and closes it. SQL comes from other people's pipeline files, so it can use no files
 * outside the given folders.
 *
 * @param signal interrupts the running statement
 * @throws {ServiceError} if DuckDB is not installed
 */
export type UseSql = <T>(signal: AbortSignal, act: (sql: Sql) => Promise<T>) => Promise<T>;

const missing =
  'local crawls, Athena queries and data quality need DuckDB: run `npm install --save-dev @duckdb/node-api@1.5.5-r.5`, then restart `dev`';

/** Limits how many databases are open at once, because each may use `memory`. */
const atOnce = 3;
const memory = '1GB';

/** Limits a result, which is kept in memory as a whole. */
const mostRows = 1_000_000;

const betweenInterruptsMs = 100;

/** DuckDB is an optional dependency, because it is three times as large as everything else. */
export function createSql(folders: readonly string[]): UseSql {
  const slots = createSlots(atOnce);
  return (signal, act) =>
    slots.use(async () => {
      signal.throwIfAborted();
      const folder = mkdtempSync(path.join(tmpdir(), 'gluewright-sql-'));
      try {
        return await withConnection([...folders, folder], (connection) => {
          const stopInterrupting = interruptWhenAborted(connection, signal);
          return act(sqlOf(connection, folder, signal)).finally(stopInterrupting);
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
}

/** Interrupts repeatedly: DuckDB ignores an interrupt that comes just before its thread starts the statement. */
function interruptWhenAborted(connection: DuckDBConnection, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    timer = setTimeout(interrupt, betweenInterruptsMs);
  };
  signal.addEventListener('abort', interrupt);
  return () => {
    signal.removeEventListener('abort', interrupt);
    clearTimeout(timer);
  };
}

async function withConnection<T>(
  folders: readonly string[],
  act: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api').catch((error: unknown) => {
    throw new ServiceError('InternalServiceException', missing, { cause: error });
  });
  const spill = path.join(folders.at(-1) ?? tmpdir(), 'spill');
  const options = { threads: '2', memory_limit: memory, temp_directory: spill, autoinstall_known_extensions: 'false' };
  const instance = await DuckDBInstance.create(':memory:', options);
  try {
    const connection = await instance.connect();
    try {
      await connection.run(`SET allowed_directories = [${folders.map((each) => literal(`${each}/`)).join(', ')}]`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
      return await act(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

function sqlOf(connection: DuckDBConnection, folder: string, signal: AbortSignal): Sql {
  async function prepared(statement: string) {
    signal.throwIfAborted();
    const statements = await connection.extractStatements(statement);
    // DuckDB would run all of them, whatever the first one is.
    if (statements.count !== 1) throw new Error(`only one SQL statement is allowed, but there are ${statements.count}`);
    return statements.prepare(0);
  }
  return {
    folder,
    rows: async (statement) => (await (await prepared(statement)).runAndReadAll()).getRowObjectsJson(),
    async result(statement) {
      const reader = await (await prepared(statement)).streamAndReadUntil(mostRows + 1);
      if (reader.currentRowCount > mostRows) {
        throw new Error(
          `the result has more than ${mostRows.toLocaleString('en')} rows, too many for this machine: use LIMIT, UNLOAD or CREATE TABLE AS`,
        );
      }
      const types = reader.columnTypes();
      const columns = reader.columnNames().map((name, at) => ({ name, type: String(types[at]) }));
      return { columns, rows: reader.getRowsJson() };
    },
  };
}
