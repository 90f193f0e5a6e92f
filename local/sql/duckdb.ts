import { ServiceError } from '../service/service-error.ts';

/** A database of DuckDB in memory. Its work is done on threads of its own. */
export interface Sql {
  /** The rows of one statement. Numbers beyond 2^53, dates and decimals come as DuckDB's own text. */
  rows(statement: string): Promise<readonly Row[]>;
  close(): void;
}

export type Row = Readonly<Record<string, unknown>>;

const missing =
  'local crawls, Athena queries and data quality need DuckDB: run `npm install --save-dev @duckdb/node-api@1.5.5-r.5`, then restart `dev`';

/**
 * DuckDB is an optional dependency, since it is three times as large as everything else.
 *
 * @throws {ServiceError} it is not installed
 */
export async function openSql(): Promise<Sql> {
  const { DuckDBInstance } = await import('@duckdb/node-api').catch((error: unknown) => {
    throw new ServiceError('InternalServiceException', missing, { cause: error });
  });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  return {
    rows: async (statement) => (await connection.runAndReadAll(statement)).getRowObjectsJson(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A text as a literal of SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an identifier of SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
