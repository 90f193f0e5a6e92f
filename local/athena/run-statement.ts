import { inDuckdb } from '../sql/trino.ts';
import { type Answer, type Context, done, type Query, type QueryData, QueryFailed } from './statements/context.ts';
import { addPartitions, repair, showPartitions } from './statements/partitions.ts';
import { select } from './statements/select.ts';
import { type Statement, splitStatement } from './statements/split-statement.ts';
import {
  createDatabase,
  createExternalTable,
  createTableAs,
  createView,
  drop,
  insert,
  show,
} from './statements/tables.ts';
import { writeRows } from './statements/write-rows.ts';

/** @throws {QueryFailed} or DuckDB's error if the statement is wrong */
export async function runStatement(query: Query, data: QueryData, signal: AbortSignal): Promise<Answer> {
  const statement = splitStatement(inDuckdb(query.text));
  if (statement === undefined) {
    const start = query.text.trim().split(/\s+/).slice(0, 3).join(' ');
    throw new QueryFailed(`${start} … is not supported locally; Athena on AWS may support it`);
  }
  return data.useSql(signal, async (sql) => {
    await sql.rows("ATTACH ':memory:' AS awsdatacatalog");
    return perform(statement, { query, data, sql });
  });
}

async function perform(statement: Statement, context: Context): Promise<Answer> {
  switch (statement.is) {
    case 'query':
      return select(statement.sql, context);
    case 'create-table-as':
      return createTableAs(statement, context);
    case 'insert':
      return insert(statement, context);
    case 'unload':
      await writeRows(statement.sql, statement.to, statement.properties, context);
      return done;
    case 'create-view':
      return createView(statement, context);
    case 'create-database':
      return createDatabase(statement, context);
    case 'drop':
      return drop(statement, context);
    case 'create-external-table':
      return createExternalTable(statement, context);
    case 'repair':
      return repair(statement.table, context);
    case 'add-partitions':
      return addPartitions(statement.table, statement.partitions, context);
    case 'show':
      return show(statement, context);
    case 'show-partitions':
      return showPartitions(statement.table, context);
  }
}
