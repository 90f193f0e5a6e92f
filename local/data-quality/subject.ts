import { type Condition, type Rule, RulesRefused } from '../../shared/dqdl/parse-rules.ts';
import type { Sql } from '../sql/duckdb.ts';
import { identifier } from '../sql/sql-text.ts';
import { holds } from './conditions.ts';

/** The table that the rules check. */
export type Subject = {
  readonly sql: Sql;
  /** DuckDB types by column name in lower case. */
  readonly columns: ReadonlyMap<string, string>;
  /** Epoch milliseconds. */
  readonly now: number;
};

export type Check = Extract<Rule, { is: 'check' }>;

export type RuleResult = {
  readonly passed: boolean;
  readonly message?: string;
  readonly metrics: Readonly<Record<string, number>>;
};

/** The name of the table in SQL statements. */
export const primary = 'primary_data';

/** The column as an SQL identifier. @throws {RulesRefused} if the table has no such column */
export function column(name: string, { columns }: Subject): string {
  if (columns.has(name.toLowerCase())) return identifier(name.toLowerCase());
  throw new RulesRefused(`there is no column ${name}`);
}

/** The first part of a metric's name. */
export function metricOf(parameters: readonly string[]): string {
  return parameters.length === 0 ? 'Dataset.*' : `Column.${parameters.join(',')}`;
}

/**
 * The column `value` in the statement's first row. The statement reads from `rows`: the table's rows that meet `where`.
 */
export async function number({ sql }: Subject, statement: string, where: string | undefined): Promise<number> {
  const rows = `WITH rows AS (SELECT * FROM ${primary}${where === undefined ? '' : ` WHERE ${where}`}) ${statement}`;
  const [row] = await sql.rows(rows);
  return Number(row?.value ?? 0);
}

export function compared(name: string, value: number, condition: Condition, subject: Subject): RuleResult {
  const metrics = { [name]: value };
  if (holds(value, condition, subject.now)) return { passed: true, metrics };
  return { passed: false, message: `Value: ${value} does not meet the constraint requirement!`, metrics };
}
