import * as z from 'zod/mini';
import type { Sql } from '../sql/duckdb.ts';
import { fileList, fileLiteral } from '../sql/sql-text.ts';
import { hiveType } from './hive-type.ts';

/** `type`: of Hive. */
export type Column = { readonly name: string; readonly type: string };

/** What the files of a table are, as far as it matters for reading them. */
export type Schema = { readonly columns: readonly Column[] } & (
  | { readonly format: 'csv'; readonly delimiter: string; readonly header: boolean }
  | { readonly format: 'json' }
  | { readonly format: 'parquet' }
);

const described = z.array(z.object({ column_name: z.string(), column_type: z.string() }));
const sniffed = z.tuple([z.object({ Delimiter: z.string(), HasHeader: z.boolean() })]);

/** Files beyond these are taken to be like them, as Glue's sample size does. */
const most = 50;

export type Format = Schema['format'];

/** The format by the name's ending. Undefined: no file that a crawler has a classifier for here. */
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
 * @throws what cannot be read as that format, in DuckDB's words
 */
export async function readSchema(sql: Sql, format: Format, files: readonly string[]): Promise<Schema> {
  const list = fileList(files.slice(0, most));
  // Glue's classifiers take dates and times in texts for texts. A line that cannot be read is the business of who reads the table.
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
