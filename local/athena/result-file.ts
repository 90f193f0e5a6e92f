import type { Answer } from './run-statement.ts';

/** A value as Athena writes it: what is not a scalar as JSON, `1.0` for a double. Null: nothing. */
export function shown(value: unknown, type: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && ['DOUBLE', 'FLOAT'].includes(type)) return `${value}.0`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The result as CSV: everything in quotation marks, but nulls. */
export function resultFile({ columns, rows }: Answer): string {
  const quote = (text: string | undefined) => (text === undefined ? '' : `"${text.replaceAll('"', '""')}"`);
  const lines = [
    columns.map(({ name }) => quote(name)),
    ...rows.map((row) => columns.map(({ name, type }) => quote(shown(row[name], type)))),
  ];
  return lines.map((line) => `${line.join(',')}\n`).join('');
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

/** `ResultSet` of `GetQueryResults`, whose first row are the names. */
export function resultSet(answer: { columns: Answer['columns']; rows: readonly (readonly (string | undefined)[])[] }) {
  const row = (values: readonly (string | undefined)[]) => ({
    Data: values.map((VarCharValue) => (VarCharValue === undefined ? {} : { VarCharValue })),
  });
  return {
    Rows: answer.rows.map(row),
    ResultSetMetadata: {
      ColumnInfo: answer.columns.map(({ name, type }) => ({
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
