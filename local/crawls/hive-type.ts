import { splitAtCommas } from '../sql/sql-text.ts';

/** Hive and Data Catalog types by their DuckDB names. */
const names: Readonly<Record<string, string>> = {
  BIGINT: 'bigint',
  BLOB: 'binary',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DOUBLE: 'double',
  FLOAT: 'float',
  HUGEINT: 'decimal(38,0)',
  INTEGER: 'int',
  SMALLINT: 'smallint',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TINYINT: 'tinyint',
  UBIGINT: 'decimal(20,0)',
  UINTEGER: 'bigint',
  USMALLINT: 'int',
  UTINYINT: 'smallint',
};

/**
 * The Hive type of a column, such as `array<struct<id:bigint>>` for `STRUCT(id BIGINT)[]`. Types that Hive lacks become
 * `string`.
 */
export function hiveType(duckdb: string): string {
  const type = duckdb.trim();
  if (type.endsWith(']')) return `array<${hiveType(type.slice(0, type.lastIndexOf('[')))}>`;
  const inner = /^(STRUCT|MAP|DECIMAL)\((.*)\)$/s.exec(type);
  if (inner?.[1] === 'DECIMAL') return `decimal(${inner[2] ?? ''})`;
  const parts = splitAtCommas(inner?.[2] ?? '');
  if (inner?.[1] === 'MAP') return `map<${parts.map(hiveType).join(',')}>`;
  if (inner?.[1] === 'STRUCT') return `struct<${parts.map(member).join(',')}>`;
  return names[type] ?? 'string';
}

/** `"a name" BIGINT` or `id BIGINT`. */
function member(text: string): string {
  const [, quoted, plain, type = ''] = /^(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text.trim()) ?? [];
  return `${(quoted?.replaceAll('""', '"') ?? plain ?? '').toLowerCase()}:${hiveType(type)}`;
}
