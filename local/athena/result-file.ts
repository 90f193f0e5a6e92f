import type { Result, ResultColumn } from '../sql/duckdb.ts';

/** A value as Athena writes it: JSON for a list, `1.0` for a double, nothing for null. */
function shown(value: unknown, type: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && ['DOUBLE', 'FLOAT'].includes(type)) return `${value}.0`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The rows as Athena writes them. */
export function shownRows({ columns, rows }: Result): (string | undefined)[][] {
  return rows.map((row) => columns.map(({ type }, at) => shown(row[at], type)));
}

/** The result as CSV. Every value is quoted, except null. */
export function resultFile(
  columns: readonly ResultColumn[],
  rows: readonly (readonly (string | undefined)[])[],
): string {
  const quote = (text: string | undefined) => (text === undefined ? '' : `"${text.replaceAll('"', '""')}"`);
  const lines = [columns.map(({ name }) => name), ...rows];
  return lines.map((line) => `${line.map(quote).join(',')}\n`).join('');
}

const types: Readonly<Record<string, string>> = {
  BIGINT: 'bigint',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DOUBLE: 'double',
  FLOAT: 'float',
  HUGEINT: 'decimal',
  INTEGER: 'integer',
  SMALLINT: 'smallint',
  TIMESTAMP: 'timestamp',
  TINYINT: 'tinyint',
};

/** `ResultSet` of `GetQueryResults`. */
export function resultSet(columns: readonly ResultColumn[], rows: readonly (readonly (string | undefined)[])[]) {
  const row = (values: readonly (string | undefined)[]) => ({
    Data: values.map((VarCharValue) => (VarCharValue === undefined ? {} : { VarCharValue })),
  });
  return {
    Rows: rows.map(row),
    ResultSetMetadata: {
      ColumnInfo: columns.map(({ name, type }) => ({
        CatalogName: 'hive',
        SchemaName: '',
        TableName: '',
        Name: name,
        Label: name,
        Type: types[type] ?? (type.startsWith('DECIMAL') ? 'decimal' : type.endsWith('[]') ? 'array' : 'varchar'),
        Precision: 0,
        Scale: 0,
        Nullable: 'UNKNOWN',
        CaseSensitive: true,
      })),
    },
  };
}
