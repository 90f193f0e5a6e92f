import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** The values in a JSON column. */
export interface JsonColumn<T> {
  first(...parameters: SQLInputValue[]): T | undefined;
  all(...parameters: SQLInputValue[]): readonly T[];
}

/** @param select one column, which this program wrote as the JSON of a `T` */
export function jsonColumn<T>(database: DatabaseSync, select: string): JsonColumn<T> {
  const statement = database.prepare(select);
  const read = (row: object): T => {
    const [text] = Object.values(row);
    const value: T = JSON.parse(String(text));
    return value;
  };
  return {
    first(...parameters) {
      const row = statement.get(...parameters);
      return row === undefined ? undefined : read(row);
    },
    all: (...parameters) => statement.all(...parameters).map(read),
  };
}
