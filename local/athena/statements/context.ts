import type { S3 } from '../../s3/s3.ts';
import type { Result, Sql } from '../../sql/duckdb.ts';
import { type CatalogTable, type Data, tableNamed } from '../../sql/table-source.ts';
import type { TableName } from './split-statement.ts';

export type QueryData = Data & { readonly s3: Pick<S3, 'list' | 'put'> };

export type Query = {
  readonly id: string;
  readonly text: string;
  /** Database of unqualified table names. */
  readonly database: string;
  /** Folder of tables without a location of their own, ending in `/`. */
  readonly output: string;
};

/** Everything that a statement needs to run. */
export type Context = { readonly query: Query; readonly data: QueryData; readonly sql: Sql };

export type Answer = Result & { readonly statementType: 'DML' | 'DDL' | 'UTILITY' };

/** The answer to a statement that returns no rows. */
export const done: Answer = { statementType: 'DDL', columns: [], rows: [] };

/** An answer that lists names. */
export function listing(names: readonly string[]): Answer {
  const columns = [{ name: 'name', type: 'VARCHAR' }];
  return { statementType: 'UTILITY', columns, rows: names.map((name) => [name]) };
}

/** Athena reports this as the user's error. */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
}

/** Qualifies the name with its database. */
export function fullName(table: TableName, { query }: Context): { readonly database: string; readonly name: string } {
  return { database: table.database ?? query.database, name: table.name };
}

/** @throws {QueryFailed} if the table does not exist */
export function existingTable(database: string, name: string, { data }: Context): CatalogTable {
  const table = tableNamed(data.catalog, database, name);
  if (table !== undefined) return table;
  throw new QueryFailed(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${database}.${name}' does not exist`);
}

/**
 * Whether the table already exists.
 *
 * @throws {QueryFailed} if it exists and `ifNotExists` is false, or if the database does not exist
 */
export function isTaken(database: string, name: string, ifNotExists: boolean, { data }: Context): boolean {
  if (data.catalog.get('database', [database]) === undefined) {
    throw new QueryFailed(`SCHEMA_NOT_FOUND: Schema ${database} not found`);
  }
  if (data.catalog.get('table', [database, name]) === undefined) return false;
  if (ifNotExists) return true;
  throw new QueryFailed(`Table ${database}.${name} already exists`);
}
