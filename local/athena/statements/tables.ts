import { findTables } from '../../crawls/find-tables.ts';
import { readSchema } from '../../crawls/read-schema.ts';
import { partitionInput, tableInput } from '../../crawls/table-input.ts';
import { identifier } from '../../sql/sql-text.ts';
import { formatOf } from '../../sql/table-source.ts';
import { type Answer, type Context, done, existingTable, fullName, isTaken, listing, QueryFailed } from './context.ts';
import { externalTable } from './external-table.ts';
import { folderAddress } from './folder-address.ts';
import { repair } from './partitions.ts';
import { select } from './select.ts';
import type { Statement } from './split-statement.ts';
import { type Written, writeRows } from './write-rows.ts';

type Of<Is extends Statement['is']> = Extract<Statement, { is: Is }>;

export async function createTableAs(
  { table, ifNotExists, properties, sql: text }: Of<'create-table-as'>,
  context: Context,
): Promise<Answer> {
  const { database, name } = fullName(table, context);
  if (isTaken(database, name, ifNotExists, context)) return done;
  const location = properties.external_location ?? `${context.query.output}tables/${context.query.id}/`;
  const written = await writeRows(text, location, properties, context);
  await describeTable(database, name, location, written, context);
  return done;
}

async function describeTable(
  database: string,
  name: string,
  location: string,
  { format, keys }: Written,
  { data, sql }: Context,
): Promise<void> {
  const address = folderAddress(location);
  const [table] = await findTables(keys, address?.key ?? '', async () => true);
  if (address === undefined || table === undefined) throw new QueryFailed(`nothing was written to ${location}`);
  const { bucket } = address;
  const files = keys.map((each) => data.fileOf(bucket, each));
  const schema = await readSchema(sql, format, files);
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

export function createExternalTable(
  { table, ifNotExists, rest }: Of<'create-external-table'>,
  context: Context,
): Answer {
  const { database, name } = fullName(table, context);
  if (isTaken(database, name, ifNotExists, context)) return done;
  const CreateTime = context.data.now() / 1_000;
  const entry = { Name: name, DatabaseName: database, CreateTime, ...externalTable(rest) };
  context.data.catalog.put('table', [database, name], entry);
  return done;
}

export async function createView({ table, sql: text }: Of<'create-view'>, context: Context): Promise<Answer> {
  await select(`SELECT * FROM (${text}) LIMIT 0`, context);
  const { database, name } = fullName(table, context);
  const CreateTime = context.data.now() / 1_000;
  const entry = { Name: name, DatabaseName: database, CreateTime, TableType: 'VIRTUAL_VIEW', ViewOriginalText: text };
  context.data.catalog.put('table', [database, name], entry);
  return done;
}

export async function insert({ table, sql: text }: Of<'insert'>, context: Context): Promise<Answer> {
  const { database, name } = fullName(table, context);
  const target = existingTable(database, name, context);
  const keys = target.PartitionKeys.map((key) => `'${key.Name}'`).join(', ');
  const properties = { format: formatOf(target), ...(keys !== '' && { partitioned_by: `ARRAY[${keys}]` }) };
  const names = [...target.StorageDescriptor.Columns, ...target.PartitionKeys].map((each) => identifier(each.Name));
  const listed = /^\s*\(([^)]*)\)\s*(SELECT|WITH|VALUES)/is.exec(text);
  const columns = listed === null ? names.join(', ') : listed[1];
  const rows = listed === null ? text : text.slice(text.indexOf(')') + 1);
  const location = target.StorageDescriptor.Location ?? '';
  await writeRows(`SELECT * FROM (${rows}) AS inserted(${columns})`, location, properties, context);
  if (keys !== '') repair(table, context);
  return { ...done, statementType: 'DML' };
}

export function drop({ what, table, ifExists }: Of<'drop'>, context: Context): Answer {
  const { catalog } = context.data;
  const { database, name } = fullName(table, context);
  const path = what === 'database' ? [name] : [database, name];
  if (catalog.get(what === 'database' ? 'database' : 'table', path) !== undefined) catalog.remove(path);
  else if (!ifExists) throw new QueryFailed(`${what} ${path.join('.')} not found`);
  return done;
}

export function createDatabase({ name, ifNotExists }: Of<'create-database'>, { data }: Context): Answer {
  const exists = data.catalog.get('database', [name]) !== undefined;
  if (exists && !ifNotExists) throw new QueryFailed(`Database ${name} already exists`);
  if (!exists) data.catalog.put('database', [name], { Name: name, CreateTime: data.now() / 1_000 });
  return done;
}

export function show({ what, database }: Of<'show'>, { data, query }: Context): Answer {
  const { catalog } = data;
  const entries =
    what === 'tables' ? catalog.list('table', [database ?? query.database]) : catalog.list('database', []);
  return listing(entries.map(({ Name }) => String(Name)));
}
