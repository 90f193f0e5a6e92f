/** A parsed Athena statement. `query` is any statement that returns rows. */
export type Statement =
  | { readonly is: 'query'; readonly sql: string }
  | {
      readonly is: 'create-table-as';
      readonly table: TableName;
      readonly ifNotExists: boolean;
      readonly properties: Properties;
      readonly sql: string;
    }
  | { readonly is: 'insert'; readonly table: TableName; readonly sql: string }
  | { readonly is: 'unload'; readonly sql: string; readonly to: string; readonly properties: Properties }
  | { readonly is: 'create-view'; readonly table: TableName; readonly sql: string }
  | { readonly is: 'create-database'; readonly name: string; readonly ifNotExists: boolean }
  | {
      readonly is: 'drop';
      readonly what: 'table' | 'view' | 'database';
      readonly table: TableName;
      readonly ifExists: boolean;
    }
  | { readonly is: 'repair'; readonly table: TableName }
  | { readonly is: 'add-partitions'; readonly table: TableName; readonly partitions: readonly AddedPartition[] }
  | {
      readonly is: 'create-external-table';
      readonly table: TableName;
      readonly ifNotExists: boolean;
      readonly rest: string;
    }
  | { readonly is: 'show'; readonly what: 'tables' | 'databases'; readonly database?: string }
  | { readonly is: 'show-partitions'; readonly table: TableName };

/** If `database` is undefined, the query's own database applies. */
export type TableName = { readonly database: string | undefined; readonly name: string };
/** Names are in lower case. Lists are kept as text: `ARRAY['a', 'b']`. */
export type Properties = Readonly<Record<string, string>>;
export type AddedPartition = { readonly values: Properties; readonly location: string | undefined };

const name = '((?:["`]?[\\w-]+["`]?\\.){0,2}["`]?[\\w-]+["`]?)';

type Form = readonly [pattern: string, read: (groups: readonly string[]) => Statement];

const forms: readonly Form[] = [
  [
    `CREATE TABLE (IF NOT EXISTS )?${name} (?:WITH \\( ?(.*?) ?\\) )?AS (.*)`,
    ([absent = '', table = '', properties = '', sql = '']) => ({
      is: 'create-table-as',
      table: tableName(table),
      ifNotExists: absent !== '',
      properties: readProperties(properties),
      sql,
    }),
  ],
  [`INSERT INTO ${name} (.*)`, ([table = '', sql = '']) => ({ is: 'insert', table: tableName(table), sql })],
  [
    "UNLOAD \\((.*)\\) ?TO '([^']*)'(?: WITH \\((.*)\\))?",
    ([sql = '', to = '', properties = '']) => ({ is: 'unload', sql, to, properties: readProperties(properties) }),
  ],
  [
    `CREATE (?:OR REPLACE )?VIEW ${name} AS (.*)`,
    ([table = '', sql = '']) => ({ is: 'create-view', table: tableName(table), sql }),
  ],
  [
    'CREATE (?:DATABASE|SCHEMA) (IF NOT EXISTS )?["`]?([\\w-]+)["`]?(?: .*)?',
    ([absent = '', database = '']) => ({
      is: 'create-database',
      name: database.toLowerCase(),
      ifNotExists: absent !== '',
    }),
  ],
  [
    `DROP (TABLE|VIEW|DATABASE|SCHEMA) (IF EXISTS )?${name}(?: .*)?`,
    ([what = '', absent = '', table = '']) => ({
      is: 'drop',
      what: /table/i.test(what) ? 'table' : /view/i.test(what) ? 'view' : 'database',
      table: tableName(table),
      ifExists: absent !== '',
    }),
  ],
  [`MSCK REPAIR TABLE ${name}`, ([table = '']) => ({ is: 'repair', table: tableName(table) })],
  [
    `ALTER TABLE ${name} ADD (?:IF NOT EXISTS )?(PARTITION.*)`,
    ([table = '', partitions = '']) => ({
      is: 'add-partitions',
      table: tableName(table),
      partitions: readPartitions(partitions),
    }),
  ],
  [
    `CREATE EXTERNAL TABLE (IF NOT EXISTS )?${name} ?(\\(.*)`,
    ([absent = '', table = '', rest = '']) => ({
      is: 'create-external-table',
      table: tableName(table),
      ifNotExists: absent !== '',
      rest,
    }),
  ],
  [
    'SHOW (TABLES|DATABASES|SCHEMAS)(?: IN ["`]?([\\w-]+)["`]?)?(?: .*)?',
    ([what = '', database]) => ({
      is: 'show',
      what: /tables/i.test(what) ? 'tables' : 'databases',
      ...(database !== undefined && { database: database.toLowerCase() }),
    }),
  ],
  [`SHOW PARTITIONS ${name}`, ([table = '']) => ({ is: 'show-partitions', table: tableName(table) })],
  // `EXPLAIN ANALYZE` would run its statement, and `COPY` would write outside the local S3.
  ['((?:EXPLAIN (?:ANALYZE )?)?(?:SELECT|WITH|VALUES)\\b.*)', ([sql = '']) => ({ is: 'query', sql })],
  ['((?:DESCRIBE\\b|\\().*)', ([sql = '']) => ({ is: 'query', sql })],
];

const compiled = forms.map(([pattern, read]) => ({
  // Turns each space of the form into one or more white-space characters.
  pattern: new RegExp(`^${pattern.replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+')}$`, 'is'),
  read,
}));

/** @returns undefined if the statement is not supported locally */
export function splitStatement(text: string): Statement | undefined {
  const statement = withoutComments(text).trim().replace(/;\s*$/, '').trim();
  for (const { pattern, read } of compiled) {
    const match = pattern.exec(statement);
    if (match !== null) return read(match.slice(1));
  }
  return undefined;
}

function withoutComments(text: string): string {
  return text.replace(/('(?:[^']|'')*')|--[^\n]*|\/\*.*?\*\//gs, (_, quoted: string | undefined) => quoted ?? ' ');
}

function tableName(text: string): TableName {
  const parts = text.replaceAll(/["`]/g, '').toLowerCase().split('.');
  return { database: parts.at(-2), name: parts.at(-1) ?? '' };
}

function readProperties(text: string): Properties {
  const pairs = text.matchAll(/["']?([\w.]+)["']?\s*=\s*('(?:[^']|'')*'|ARRAY\s*\[[^\]]*\]|[^,\s]+)/gi);
  return Object.fromEntries(
    [...pairs].map(([, key = '', value = '']) => [key.toLowerCase(), value.replace(/^'(.*)'$/s, '$1')]),
  );
}

function readPartitions(text: string): AddedPartition[] {
  return [...text.matchAll(/PARTITION\s*\(([^)]*)\)(?:\s*LOCATION\s*'([^']*)')?/gi)].map(
    ([, values = '', location]) => ({
      values: readProperties(values),
      location,
    }),
  );
}
