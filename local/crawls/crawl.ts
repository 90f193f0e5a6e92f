import type { Crawler } from '../../shared/pipeline/jobs/jobs-file.ts';
import type { CatalogEntry } from '../catalog/catalog-store.ts';
import type { Sql } from '../sql/duckdb.ts';
import { literal } from '../sql/sql-text.ts';
import type { Data } from '../sql/table-source.ts';
import { isExcluded } from './exclusion.ts';
import { type FoundTable, findTables } from './find-tables.ts';
import { type Format, formatOf, readSchema, type Schema } from './read-schema.ts';
import { parsePath } from './s3-path.ts';
import { partitionInput, tableInput, tableName } from './table-input.ts';

export type Counts = { readonly created: number; readonly updated: number };
export type CrawlResult = { readonly tables: Counts; readonly partitions: Counts };

/**
 * Reads the files below the crawler's paths and writes their tables to the catalog. An aborted crawl writes nothing.
 *
 * @throws if DuckDB cannot read a file
 */
export async function crawl(crawler: Crawler, data: Data, signal: AbortSignal): Promise<CrawlResult> {
  return data.useSql(signal, async (sql) => {
    const tables: DescribedTable[] = [];
    for (const path of crawler.paths) tables.push(...(await describe(sql, crawler, path, data)));
    signal.throwIfAborted();
    return save(crawler, tables, data);
  });
}

type DescribedTable = {
  readonly bucket: string;
  readonly found: FoundTable;
  readonly schema: Schema;
  readonly bytes: number;
};

async function describe(sql: Sql, crawler: Crawler, path: string, { s3, fileOf }: Data): Promise<DescribedTable[]> {
  const address = parsePath(path);
  if (address === undefined) throw new Error(`${path} is not an S3 address`);
  const { bucket, key } = address;
  const listed = s3.list(bucket, key);
  const isFile = listed.some((file) => file.key === key);
  const prefix = isFile || key === '' || key.endsWith('/') ? key : `${key}/`;
  const data = listed.filter(
    (file) =>
      file.key.startsWith(prefix) &&
      file.size > 0 &&
      formatOf(file.key) !== undefined &&
      !isHidden(file.key.slice(prefix.length)) &&
      !isExcluded(file.key.slice(prefix.length), crawler.exclusions),
  );
  const sizes = new Map(data.map((file) => [file.key, file.size]));
  const schemaOf = (keys: readonly string[]) =>
    readSchema(
      sql,
      commonFormat(keys),
      keys.filter((each) => formatOf(each) === commonFormat(keys)).map((each) => fileOf(bucket, each)),
    );
  const isAlike = async (one: readonly string[], other: readonly string[]) =>
    commonFormat(one) === commonFormat(other) && namesOf(await schemaOf(one)) === namesOf(await schemaOf(other));
  const tables = await findTables([...sizes.keys()], prefix, isAlike);
  return Promise.all(
    tables.map(async (found) => ({
      bucket,
      found,
      schema: await schemaOf(found.keys),
      bytes: found.keys.reduce((sum, each) => sum + (sizes.get(each) ?? 0), 0),
    })),
  );
}

/** Markers and temporary files, such as `_SUCCESS`, `_temporary/` and `.part.crc`. */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => /^[._]/.test(part));
}

function namesOf(schema: Schema): string {
  return JSON.stringify(schema.columns.map(({ name }) => name).sort());
}

/** The format of most of the files. */
function commonFormat(keys: readonly string[]): Format {
  const counts = new Map<Format, number>();
  for (const key of keys) {
    const format = formatOf(key);
    if (format !== undefined) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([, one], [, other]) => other - one);
  if (first === undefined) throw new Error(`no data in ${keys.map(literal).join(', ')}`);
  return first[0];
}

function save(crawler: Crawler, tables: readonly DescribedTable[], { catalog, now }: Data): CrawlResult {
  const seconds = now() / 1_000;
  const database = crawler.database.toLowerCase();
  const counts = { tables: { created: 0, updated: 0 }, partitions: { created: 0, updated: 0 } };
  if (catalog.get('database', [database]) === undefined) {
    catalog.put('database', [database], { Name: database, CreateTime: seconds });
  }
  const write = (of: 'tables' | 'partitions', path: readonly string[], entry: CatalogEntry): void => {
    const kind = of === 'tables' ? 'table' : 'partition';
    const before = catalog.get(kind, path);
    const made = kind === 'table' ? { CreateTime: seconds } : { CreationTime: seconds };
    const again = { ...made, ...before, ...entry };
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(again)) return;
    catalog.put(kind, path, kind === 'table' ? { ...again, UpdateTime: seconds } : again);
    counts[of][before === undefined ? 'created' : 'updated']++;
  };
  for (const table of tables) {
    const { bucket, found, schema } = table;
    const name = tableName(crawler.tablePrefix, bucket, found.location);
    write('tables', [database, name], {
      Name: name,
      DatabaseName: database,
      ...tableInput({ ...table, crawler: crawler.name }),
    });
    for (const partition of found.partitions) {
      write('partitions', [database, name, ...partition.values], {
        DatabaseName: database,
        TableName: name,
        ...partitionInput(bucket, partition, schema),
      });
    }
  }
  return counts;
}
