import { splitAtCommas } from './sql-text.ts';

/** DuckDB types by their Hive and Data Catalog names. */
const names: Readonly<Record<string, string>> = {
  bigint: 'BIGINT',
  binary: 'BLOB',
  boolean: 'BOOLEAN',
  date: 'DATE',
  double: 'DOUBLE',
  float: 'FLOAT',
  int: 'INTEGER',
  integer: 'INTEGER',
  real: 'FLOAT',
  smallint: 'SMALLINT',
  string: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  tinyint: 'TINYINT',
};

/**
 * The DuckDB type of a column, such as `STRUCT("id" BIGINT)[]` for `array<struct<id:bigint>>`.
 *
 * @returns undefined for a type that is not supported locally
 */
export function duckdbType(hive: string): string | undefined {
  const type = hive.trim().toLowerCase();
  const inner = /^(array|map|struct)<(.*)>$/s.exec(type);
  if (inner?.[1] === 'array') return suffixed(duckdbType(inner[2] ?? ''), '[]');
  if (inner?.[1] === 'map') return joined('MAP', splitAtCommas(inner[2] ?? '').map(duckdbType));
  if (inner?.[1] === 'struct') return joined('STRUCT', splitAtCommas(inner[2] ?? '').map(member));
  const [, decimal] = /^decimal(\(\d+(?:,\s*\d+)?\))?$/.exec(type) ?? [];
  if (type.startsWith('decimal')) return `DECIMAL${decimal ?? '(10,0)'}`;
  if (/^(?:var)?char\(\d+\)$/.test(type)) return 'VARCHAR';
  return names[type];
}

function member(text: string): string | undefined {
  const end = text.indexOf(':');
  return prefixed(`"${text.slice(0, end).trim().replaceAll('"', '""')}" `, duckdbType(text.slice(end + 1)));
}

function joined(name: string, parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : `${name}(${parts.join(', ')})`;
}

function suffixed(type: string | undefined, end: string): string | undefined {
  return type === undefined ? undefined : type + end;
}

function prefixed(start: string, type: string | undefined): string | undefined {
  return type === undefined ? undefined : start + type;
}
