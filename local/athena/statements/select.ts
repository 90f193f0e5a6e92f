import { identifier } from '../../sql/sql-text.ts';
import { tableSource } from '../../sql/table-source.ts';
import { trinoMacros } from '../../sql/trino.ts';
import { type Answer, type Context, existingTable } from './context.ts';

export async function select(text: string, context: Context): Promise<Answer> {
  await attachTables(text, context);
  return { statementType: 'DML', ...(await context.sql.result(text)) };
}

/** Creates a view of each catalog table that the text may name. */
export async function attachTables(text: string, context: Context): Promise<void> {
  const { query, data, sql } = context;
  const words = new Set(text.toLowerCase().match(/[\w-]+/g));
  for (const { Name: database } of data.catalog.list('database', [])) {
    const schema = `awsdatacatalog.${identifier(String(database))}`;
    await sql.rows(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    for (const { Name } of data.catalog.list('table', [String(database)])) {
      const name = String(Name);
      if (!words.has(name)) continue;
      const table = existingTable(String(database), name, context);
      if (table.ViewOriginalText !== undefined) await attachTables(table.ViewOriginalText, context);
      const source = table.ViewOriginalText ?? (await tableSource(sql, data, String(database), table));
      await sql.rows(`USE ${schema}`);
      await sql.rows(`CREATE OR REPLACE VIEW ${schema}.${identifier(name)} AS ${source}`);
    }
  }
  if (data.catalog.get('database', [query.database]) === undefined) {
    await sql.rows(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${identifier(query.database)}`);
  }
  await sql.rows(`USE awsdatacatalog.${identifier(query.database)}`);
  for (const macro of trinoMacros) await sql.rows(`CREATE OR REPLACE MACRO ${macro}`);
}
