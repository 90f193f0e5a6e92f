import type { Condition } from '../../shared/dqdl/parse-rules.ts';

/** A rule that compares one figure. `otherwise` is the condition if the rule states none. */
export type Figure = {
  readonly sql: (columns: readonly string[]) => string;
  readonly name: string;
  readonly otherwise?: Condition;
};

const one: Condition = { is: 'compare', operator: '=', operand: { is: 'number', value: 1 } };

/** By the rule's type in lower case. */
export const figures: Readonly<Record<string, Figure>> = {
  rowcount: { name: 'RowCount', sql: () => 'count(*)' },
  completeness: { name: 'Completeness', sql: ([a = '']) => share(`count(${a})`) },
  iscomplete: { name: 'Completeness', sql: ([a = '']) => share(`count(${a})`), otherwise: one },
  uniqueness: { name: 'Uniqueness', sql: ([a = '']) => uniqueness([a]) },
  isunique: { name: 'Uniqueness', sql: ([a = '']) => uniqueness([a]), otherwise: one },
  isprimarykey: { name: 'Uniqueness', sql: primaryKey, otherwise: one },
  uniquevalueratio: {
    name: 'UniqueValueRatio',
    sql: ([a = '']) =>
      `coalesce((SELECT count(*) FILTER (n = 1) / nullif(count(*), 0)::DOUBLE FROM (SELECT count(*) AS n FROM rows WHERE ${a} IS NOT NULL GROUP BY ${a})), 0)`,
  },
  distinctvaluescount: { name: 'DistinctValuesCount', sql: ([a = '']) => `count(DISTINCT ${a})` },
  mean: { name: 'Mean', sql: ([a = '']) => `avg(TRY_CAST(${a} AS DOUBLE))` },
  sum: { name: 'Sum', sql: ([a = '']) => `sum(TRY_CAST(${a} AS DOUBLE))` },
  standarddeviation: { name: 'StandardDeviation', sql: ([a = '']) => `stddev_pop(TRY_CAST(${a} AS DOUBLE))` },
  entropy: { name: 'Entropy', sql: ([a = '']) => `entropy(${a}) * ln(2)` },
  columncorrelation: {
    name: 'ColumnCorrelation',
    sql: ([a = '', b = '']) => `corr(TRY_CAST(${a} AS DOUBLE), TRY_CAST(${b} AS DOUBLE))`,
  },
};

/** The count as a share of the rows. */
export function share(count: string): string {
  return `coalesce(${count} / nullif(count(*), 0)::DOUBLE, 1)`;
}

function uniqueness(columns: readonly string[]): string {
  const list = columns.join(', ');
  const present = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
  return `coalesce((SELECT sum(n) FILTER (n = 1) / nullif(sum(n), 0)::DOUBLE FROM (SELECT count(*) AS n FROM rows WHERE ${present} GROUP BY ${list})), 1)`;
}

/** Unique, and complete in every column. */
function primaryKey(columns: readonly string[]): string {
  const complete = columns.map((column) => `count(${column}) = count(*)`).join(' AND ');
  return `CASE WHEN ${complete} THEN ${uniqueness(columns)} ELSE 0 END`;
}
