import * as z from 'zod/mini';
import type { Sql } from '../sql/duckdb.ts';
import { fileList, fileLiteral } from '../sql/sql-text.ts';
import { hiveType } from './hive-type.ts';

/** `type` is a Hive type. */
export type Column = { readonly name: string; readonly type: string };

/** Everything that a reader of a table's files needs to know. */
export type Schema = { readonly columns: readonly Column[] } & (
  | { readonly format: 'csv'; readonly delimiter: string; readonly header: boolean }
  | { readonly format: 'json' }
  | { readonly format: 'parquet' }
);

const described = z.array(z.object({ column_name: z.string(), column_type: z.string() }));
const sniffed = z.tuple([z.object({ Delimiter: z.string(), HasHeader: z.boolean() })]);

/** Number of files to sample. The others are assumed to be alike, as with Glue's sample size. */
const most = 50;

export type Format = Schema['format'];

/** The format by the file extension. Undefined if the local crawler has no classifier for it. */
export function formatOf(key: string): Format | undefined {
  const [, ending = ''] = /\.(\w+)(?:\.(?:gz|zst))?$/.exec(key) ?? [];
  return formats[ending.toLowerCase()];
}

const formats: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  psv: 'csv',
  txt: 'csv',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  parquet: 'parquet',
};

/**
 * @param files paths of files of one format
 * @throws DuckDB's error if a file does not have this format
 */
export async function readSchema(sql: Sql, format: Format, files: readonly string[]): Promise<Schema> {
  const list = fileList(files.slice(0, most));
  // Glue's classifiers leave dates and times in text files as strings. Malformed lines matter only to readers of the
  // table.
  const from = {
    csv: `read_csv(${list}, union_by_name = true, hive_partitioning = false, auto_type_candidates = ['BOOLEAN', 'BIGINT', 'DOUBLE', 'VARCHAR'])`,
    json: `read_json(${list}, ignore_errors = true, union_by_name = true, hive_partitioning = false, dateformat = 'none', timestampformat = 'none')`,
    parquet: `read_parquet(${list}, union_by_name = true, hive_partitioning = false)`,
  }[format];
  const rows = described.parse(await sql.rows(`DESCRIBE SELECT * FROM ${from}`));
  const columns = rows.map((row) => ({ name: row.column_name.toLowerCase(), type: hiveType(row.column_type) }));
  if (format !== 'csv') return { format, columns };
  const [{ Delimiter, HasHeader }] = sniffed.parse(
    await sql.rows(`SELECT * FROM sniff_csv(${fileLiteral(files[0] ?? '')})`),
  );
  return { format, columns, delimiter: Delimiter, header: HasHeader };
}
