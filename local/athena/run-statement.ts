import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTables } from '../crawls/find-tables.ts';
import { type Format, readSchema } from '../crawls/read-schema.ts';
import { parsePath } from '../crawls/s3-path.ts';
import { partitionInput, tableInput } from '../crawls/table-input.ts';
import type { S3 } from '../s3/s3.ts';
import { identifier, literal, openSql, type Row, type Sql } from '../sql/duckdb.ts';
import { type Data, formatOf, tableNamed, tableSource } from '../sql/table-source.ts';
import { inDuckdb, trinoMacros } from '../sql/trino.ts';
import { externalTable } from './external-table.ts';
import {
  type AddedPartition,
  type Properties,
  type Statement,
  splitStatement,
  type TableName,
} from './split-statement.ts';

export type QueryData = Data & {
  readonly s3: Pick<S3, 'list' | 'put' | 'remove'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type Query = {
  readonly id: string;
  readonly text: string;
  /** The database of names without one. */
  readonly database: string;
  /** Where tables are written that have no location of their own, ending in `/`. */
  readonly output: string;
};

/** `type`: DuckDB's. */
export type Answer = {
  readonly statementType: 'DML' | 'DDL' | 'UTILITY';
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Row[];
};

/** What Athena refuses as the user's mistake. */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
}

const done: Answer = { statementType: 'DDL', columns: [], rows: [] };

/** @throws what the statement did not allow, in DuckDB's words, or {@link QueryFailed} */
export async function runStatement(query: Query, data: QueryData): Promise<Answer> {
  const statement = splitStatement(inDuckdb(query.text));
  if (statement === undefined) {
    const start = query.text.trim().split(/\s+/).slice(0, 3).join(' ');
    throw new QueryFailed(`${start} … is not served locally; it may still be right on AWS`);
  }
  const sql = await openSql();
  try {
    await sql.rows("ATTACH ':memory:' AS awsdatacatalog");
    return await perform(statement, { query, data, sql });
  } finally {
    sql.close();
  }
}

type Context = { readonly query: Query; readonly data: QueryData; readonly sql: Sql };

async function perform(statement: Statement, context: Context): Promise<Answer> {
  const { data } = context;
  const { catalog } = data;
  const seconds = data.now() / 1_000;
  switch (statement.is) {
    case 'query':
      return select(statement.sql, context);
    case 'create-table-as':
      return createTableAs(statement, context);
    case 'insert':
      return insert(statement.table, statement.sql, context);
    case 'unload': {
      await write(statement.sql, statement.to, statement.properties, context);
      return done;
    }
    case 'create-view': {
      await select(`SELECT * FROM (${statement.sql}) LIMIT 0`, context);
      const { database, name } = full(statement.table, context);
      const entry = { Name: name, DatabaseName: database, TableType: 'VIRTUAL_VIEW', ViewOriginalText: statement.sql };
      catalog.put('table', [database, name], { ...entry, CreateTime: seconds });
      return done;
    }
    case 'create-database': {
      const there = catalog.get('database', [statement.name]) !== undefined;
      if (there && !statement.ifNotExists) throw new QueryFailed(`Database ${statement.name} already exists`);
      if (!there) catalog.put('database', [statement.name], { Name: statement.name, CreateTime: seconds });
      return done;
    }
    case 'drop': {
      const { database, name } = full(statement.table, context);
      const at = statement.what === 'database' ? [name] : [database, name];
      if (catalog.get(statement.what === 'database' ? 'database' : 'table', at) !== undefined) catalog.remove(at);
      else if (!statement.ifExists) throw new QueryFailed(`${statement.what} ${at.join('.')} not found`);
      return done;
    }
    case 'create-external-table': {
      const { database, name } = full(statement.table, context);
      if (taken(database, name, statement.ifNotExists, context)) return done;
      catalog.put('table', [database, name], {
        Name: name,
        DatabaseName: database,
        CreateTime: seconds,
        ...externalTable(statement.rest),
      });
      return done;
    }
    case 'repair':
      return repair(statement.table, context);
    case 'add-partitions':
      return addPartitions(statement.table, statement.partitions, context);
    case 'show': {
      const database = statement.database ?? context.query.database;
      const entries = statement.what === 'tables' ? catalog.list('table', [database]) : catalog.list('database', []);
      return listing(entries.map(({ Name }) => String(Name)));
    }
    case 'show-partitions': {
      const { database, name } = full(statement.table, context);
      const keys = found(database, name, context).PartitionKeys;
      const values = catalog
        .list('partition', [database, name])
        .map(({ Values }) => (Array.isArray(Values) ? Values : []));
      return listing(values.map((each) => keys.map((key, at) => `${key.Name}=${each[at]}`).join('/')));
    }
  }
}

function listing(names: readonly string[]): Answer {
  const columns = [{ name: 'name', type: 'VARCHAR' }];
  return { statementType: 'UTILITY', columns, rows: names.map((name) => ({ name })) };
}

function full(table: TableName, { query }: Context): { readonly database: string; readonly name: string } {
  return { database: table.database ?? query.database, name: table.name };
}

function found(database: string, name: string, { data }: Context) {
  const table = tableNamed(data.catalog, database, name);
  if (table === undefined)
    throw new QueryFailed(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${database}.${name}' does not exist`);
  return table;
}

function taken(database: string, name: string, ifNotExists: boolean, { data }: Context): boolean {
  if (data.catalog.get('database', [database]) === undefined) {
    throw new QueryFailed(`SCHEMA_NOT_FOUND: Schema ${database} not found`);
  }
  if (data.catalog.get('table', [database, name]) === undefined) return false;
  if (ifNotExists) return true;
  throw new QueryFailed(`Table ${database}.${name} already exists`);
}

async function select(text: string, context: Context): Promise<Answer> {
  await attach(text, context);
  const { sql } = context;
  const described = await sql.rows(`DESCRIBE ${text}`);
  const columns = described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
  return { statementType: 'DML', columns, rows: await sql.rows(text) };
}

/** Makes views of those tables of the catalog whose names the text holds. */
async function attach(text: string, context: Context): Promise<void> {
  const { query, data, sql } = context;
  const words = new Set(text.toLowerCase().match(/[\w-]+/g));
  for (const { Name: database } of data.catalog.list('database', [])) {
    const schema = `awsdatacatalog.${identifier(String(database))}`;
    await sql.rows(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    for (const { Name } of data.catalog.list('table', [String(database)])) {
      const name = String(Name);
      if (!words.has(name)) continue;
      const table = found(String(database), name, context);
      if (table.ViewOriginalText !== undefined) await attach(table.ViewOriginalText, context);
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

async function createTableAs(
  { table, ifNotExists, properties, sql: text }: Extract<Statement, { is: 'create-table-as' }>,
  context: Context,
): Promise<Answer> {
  const { database, name } = full(table, context);
  if (taken(database, name, ifNotExists, context)) return done;
  const location = properties.external_location ?? `${context.query.output}tables/${context.query.id}/`;
  const files = await write(text, location, properties, context);
  await describeTable(database, name, location, files, context);
  return done;
}

async function insert(table: TableName, text: string, context: Context): Promise<Answer> {
  const { database, name } = full(table, context);
  const target = found(database, name, context);
  const location = target.StorageDescriptor.Location ?? '';
  const keys = target.PartitionKeys.map((key) => `'${key.Name}'`).join(', ');
  const properties = { format: formatOf(target), ...(keys !== '' && { partitioned_by: `ARRAY[${keys}]` }) };
  const names = [...target.StorageDescriptor.Columns, ...target.PartitionKeys].map((each) => identifier(each.Name));
  const listed = /^\s*\(([^)]*)\)\s*(SELECT|WITH|VALUES)/is.exec(text);
  const columns = listed === null ? names.join(', ') : listed[1];
  const rows = listed === null ? text : text.slice(text.indexOf(')') + 1);
  await write(`SELECT * FROM (${rows}) AS inserted(${columns})`, location, properties, context);
  if (keys !== '') await repair(table, context);
  return { ...done, statementType: 'DML' };
}

const formats: Readonly<Record<string, Format>> = { parquet: 'parquet', json: 'json', textfile: 'csv', csv: 'csv' };

/** Writes a query's rows below an address. @returns the keys of the files */
async function write(text: string, to: string, properties: Properties, context: Context): Promise<readonly string[]> {
  const { data, sql, query } = context;
  const said = properties.format ?? 'parquet';
  const format = formats[said.toLowerCase()];
  if (format === undefined)
    throw new QueryFailed(`format ${said} is not written locally: use PARQUET, JSON or TEXTFILE`);
  const address = parsePath(to.endsWith('/') ? to : `${to}/`);
  if (address === undefined) throw new QueryFailed(`${to} is not an address in S3`);
  await attach(text, context);
  const keys = [...(properties.partitioned_by ?? '').matchAll(/'([^']+)'/g)].map(([, key = '']) => identifier(key));
  const delimiter = format === 'csv' ? [`DELIMITER ${literal(properties.field_delimiter ?? ',')}`, 'HEADER false'] : [];
  const partitioned = keys.length === 0 ? [] : [`PARTITION_BY (${keys.join(', ')})`];
  const draft = mkdtempSync(path.join(tmpdir(), 'gluewright-query-'));
  try {
    const target = keys.length === 0 ? path.join(draft, `${query.id}.${format}`) : path.join(draft, 'rows');
    const options = [`FORMAT ${format}`, ...delimiter, ...partitioned].join(', ');
    await sql.rows(`COPY (${text}) TO ${literal(target)} (${options})`);
    const root = keys.length === 0 ? draft : target;
    const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    return names.map((each) => {
      const file = path.join(each.parentPath, each.name);
      const below = path.relative(root, file).split(path.sep).join('/');
      // Two queries may write to one partition.
      const key = `${address.key}${keys.length === 0 ? below : below.replace(/([^/]+)$/, `${query.id}-$1`)}`;
      data.s3.put(address.bucket, key, readFileSync(file));
      return key;
    });
  } finally {
    rmSync(draft, { recursive: true });
  }
}

async function describeTable(
  database: string,
  name: string,
  location: string,
  keys: readonly string[],
  { data, sql }: Context,
): Promise<void> {
  const address = parsePath(location.endsWith('/') ? location : `${location}/`);
  const format = formats[/\.(\w+)$/.exec(keys[0] ?? '')?.[1] ?? ''];
  if (address === undefined || format === undefined) throw new QueryFailed(`nothing was written to ${location}`);
  const { bucket, key } = address;
  const schema = await readSchema(
    sql,
    format,
    keys.map((each) => data.fileOf(bucket, each)),
  );
  const [table] = await findTables(keys, key, async () => true);
  if (table === undefined) throw new QueryFailed(`nothing was written to ${location}`);
  const CreateTime = data.now() / 1_000;
  const entry = tableInput({ crawler: 'athena', bucket, found: table, schema, bytes: 0 });
  data.catalog.put('table', [database, name], { Name: name, DatabaseName: database, CreateTime, ...entry });
  for (const each of table.partitions) {
    data.catalog.put('partition', [database, name, ...each.values], {
      DatabaseName: database,
      TableName: name,
      ...partitionInput(bucket, each, schema),
    });
  }
}

/** Adds partitions for the folders `key=value` below the table that the catalog does not have. */
async function repair(table: TableName, context: Context): Promise<Answer> {
  const { database, name } = full(table, context);
  const { StorageDescriptor, PartitionKeys } = found(database, name, context);
  const location = StorageDescriptor.Location ?? '';
  const address = parsePath(location.endsWith('/') ? location : `${location}/`);
  if (address === undefined) throw new QueryFailed(`table ${database}.${name} has no address in S3`);
  const { bucket, key } = address;
  const keys = context.data.s3.list(bucket, key).map((file) => file.key);
  const folders = new Set(keys.map((each) => each.slice(key.length).split('/').slice(0, -1).join('/')));
  const partitions = [...folders].flatMap((folder): AddedPartition[] => {
    const pairs = folder.split('/').map((part) => part.split('='));
    const named =
      pairs.length === PartitionKeys.length &&
      pairs.every(([one], at) => one?.toLowerCase() === PartitionKeys[at]?.Name);
    if (!named) return [];
    const values = Object.fromEntries(
      pairs.map(([one = '', ...rest]) => [one.toLowerCase(), decodeURIComponent(rest.join('='))]),
    );
    return [{ values, location: `s3://${bucket}/${key}${folder}/` }];
  });
  return addPartitions(table, partitions, context);
}

function addPartitions(table: TableName, partitions: readonly AddedPartition[], context: Context): Answer {
  const { database, name } = full(table, context);
  const { StorageDescriptor, PartitionKeys } = found(database, name, context);
  for (const { values, location } of partitions) {
    const ordered = PartitionKeys.map((key) => values[key.Name] ?? '');
    const path = [database, name, ...ordered];
    if (context.data.catalog.get('partition', path) !== undefined) continue;
    const folder = PartitionKeys.map((key, at) => `${key.Name}=${ordered[at]}`).join('/');
    const Location = location ?? `${StorageDescriptor.Location?.replace(/\/$/, '')}/${folder}/`;
    context.data.catalog.put('partition', path, {
      DatabaseName: database,
      TableName: name,
      Values: ordered,
      CreationTime: context.data.now() / 1_000,
      StorageDescriptor: { ...StorageDescriptor, Location },
    });
  }
  return done;
}
