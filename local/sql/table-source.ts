import * as z from 'zod/mini';
import type { CatalogStore } from '../catalog/catalog-store.ts';
import type { S3 } from '../s3/s3.ts';
import type { Sql, UseSql } from './duckdb.ts';
import { duckdbType } from './duckdb-type.ts';
import { fileList, identifier, literal } from './sql-text.ts';

/** What crawls, queries and data quality work with. */
export type Data = {
  readonly useSql: UseSql;
  readonly catalog: CatalogStore;
  readonly s3: Pick<S3, 'list'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The path of an object's file. */
  readonly fileOf: (bucket: string, key: string) => string;
};

const column = z.object({ Name: z.string(), Type: z._default(z.string(), 'string') });
const parameters = z._default(z.record(z.string(), z.string()), {});
const table = z.object({
  Name: z.string(),
  TableType: z.optional(z.string()),
  ViewOriginalText: z.optional(z.string()),
  Parameters: parameters,
  PartitionKeys: z._default(z.array(column), []),
  StorageDescriptor: z._default(
    z.object({
      Columns: z._default(z.array(column), []),
      Location: z.optional(z.string()),
      InputFormat: z.optional(z.string()),
      SerdeInfo: z._default(z.object({ SerializationLibrary: z.optional(z.string()), Parameters: parameters }), () => ({
        Parameters: {},
      })),
    }),
    () => ({ Columns: [], SerdeInfo: { Parameters: {} } }),
  ),
});
const partition = z.object({
  Values: z.array(z.string()),
  StorageDescriptor: z.object({ Location: z.string() }),
});

export type CatalogTable = z.output<typeof table>;
type Column = z.output<typeof column>;

/** A table of the catalog. Undefined if it does not exist. */
export function tableNamed(catalog: CatalogStore, database: string, name: string): CatalogTable | undefined {
  const entry = catalog.get('table', [database, name]);
  return entry === undefined ? undefined : table.parse(entry);
}

/** Something that cannot be read locally. The message names it. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable';
}

export type TableFormat = 'csv' | 'json' | 'parquet';

/** @throws {NotReadable} for formats that are not supported locally */
export function formatOf({ Name, Parameters, StorageDescriptor }: CatalogTable): TableFormat {
  const { SerdeInfo, InputFormat = '' } = StorageDescriptor;
  const said =
    `${Parameters.classification ?? ''} ${SerdeInfo.SerializationLibrary ?? ''} ${InputFormat}`.toLowerCase();
  if (/parquet/.test(said)) return 'parquet';
  if (/json/.test(said)) return 'json';
  if (/orc|avro|iceberg|hudi|delta|regex|grok|ion/.test(said)) {
    throw new NotReadable(`table ${Name} is ${said.trim().split(' ')[0]}: locally, tables are CSV, JSON or Parquet`);
  }
  return 'csv';
}

/** A `SELECT` of all rows of a table, with the catalog's types. */
export async function tableSource(sql: Sql, data: Data, database: string, found: CatalogTable): Promise<string> {
  const { Columns, Location } = found.StorageDescriptor;
  const nothing = `SELECT ${[...Columns, ...found.PartitionKeys].map((each) => `CAST(NULL AS ${typeOf(found, each)}) AS ${identifier(each.Name)}`).join(', ')} WHERE false`;
  const parts =
    found.PartitionKeys.length === 0 ? [{ location: Location, values: [] }] : partitions(data, database, found);
  const selects: string[] = [];
  for (const { location, values } of parts) {
    const files = filesBelow(data, location);
    if (files.length === 0) continue;
    const keys = found.PartitionKeys.map(
      (key, at) => `CAST(${literal(values[at] ?? '')} AS ${typeOf(found, key)}) AS ${identifier(key.Name)}`,
    );
    selects.push(
      `SELECT ${[...(await projection(sql, found, files)), ...keys].join(', ')} FROM ${reader(found, files)}`,
    );
  }
  return selects.length === 0 ? nothing : selects.join(' UNION ALL ');
}

type Part = { readonly location: string | undefined; readonly values: readonly string[] };

function partitions({ catalog }: Data, database: string, { Name }: CatalogTable): Part[] {
  return catalog.list('partition', [database, Name]).map((entry) => {
    const { Values, StorageDescriptor } = partition.parse(entry);
    return { location: StorageDescriptor.Location, values: Values };
  });
}

function filesBelow({ s3, fileOf }: Data, location: string | undefined): string[] {
  const [, bucket, key = ''] = /^s3a?:\/\/([^/]+)\/?(.*)$/s.exec(location ?? '') ?? [];
  if (bucket === undefined) return [];
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  return s3
    .list(bucket, key)
    .filter((file) => file.key === key || file.key.startsWith(prefix))
    .filter((file) => file.size > 0 && !/(^|\/)[._]/.test(file.key.slice(prefix.length)))
    .map((file) => fileOf(bucket, file.key));
}

/** Reads as Hive does: invalid values become null, and CSV columns are matched by position. */
async function projection(sql: Sql, found: CatalogTable, files: readonly string[]): Promise<string[]> {
  const { Columns } = found.StorageDescriptor;
  const cast = (from: string, each: (typeof Columns)[number]) =>
    `TRY_CAST(${from} AS ${typeOf(found, each)}) AS ${identifier(each.Name)}`;
  if (formatOf(found) === 'csv') return Columns.map((each) => cast(identifier(each.Name), each));
  const rows = await sql.rows(`DESCRIBE SELECT * FROM ${reader(found, files)}`);
  const there = new Set(rows.map((row) => String(row.column_name).toLowerCase()));
  return Columns.map((each) => cast(there.has(each.Name.toLowerCase()) ? identifier(each.Name) : 'NULL', each));
}

function reader(found: CatalogTable, files: readonly string[]): string {
  const list = fileList(files);
  const format = formatOf(found);
  if (format === 'parquet') return `read_parquet(${list}, union_by_name = true, hive_partitioning = false)`;
  if (format === 'json') {
    return `read_json(${list}, union_by_name = true, hive_partitioning = false, dateformat = 'none', timestampformat = 'none')`;
  }
  const { Columns, SerdeInfo } = found.StorageDescriptor;
  const own = { ...found.Parameters, ...SerdeInfo.Parameters };
  const quoting = /opencsv/i.test(SerdeInfo.SerializationLibrary ?? '') ? (own.quoteChar ?? '"') : '"';
  const delimiter = own['field.delim'] ?? own.separatorChar ?? own.delimiter ?? ',';
  const header = Number(own['skip.header.line.count'] ?? 0);
  const names = Columns.map(({ Name }) => `${literal(Name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${list}, auto_detect = false, columns = {${names}}, delim = ${literal(delimiter)}, quote = ${literal(quoting)}, escape = ${literal(quoting)}, header = false, skip = ${header}, null_padding = true, hive_partitioning = false)`;
}

function typeOf(found: CatalogTable, { Name, Type }: Column): string {
  const type = duckdbType(Type);
  if (type === undefined)
    throw new NotReadable(`column ${Name} of ${found.Name} has the type ${Type}, which is not supported locally`);
  return type;
}
