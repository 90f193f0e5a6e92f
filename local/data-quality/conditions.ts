import type { Condition, Operand } from '../../shared/dqdl/parse-rules.ts';
import { literal } from '../sql/sql-text.ts';

/** @param now epoch milliseconds */
export function holds(value: number, condition: Condition, now: number): boolean {
  const of = (operand: Operand): number => {
    if (operand.is === 'number') return operand.value;
    if (operand.is === 'duration') return operand.seconds;
    if (operand.is === 'ago') return now / 1_000 - operand.seconds;
    return Number(operand.is === 'text' ? operand.value : Number.NaN);
  };
  switch (condition.is) {
    case 'compare': {
      const other = of(condition.operand);
      return {
        '=': value === other,
        '!=': value !== other,
        '>': value > other,
        '>=': value >= other,
        '<': value < other,
        '<=': value <= other,
      }[condition.operator];
    }
    // DQDL's `between` excludes both ends.
    case 'between':
      return condition.not !== (value > of(condition.from) && value < of(condition.to));
    case 'in':
      return condition.not !== condition.operands.some((operand) => of(operand) === value);
    case 'matches':
      return condition.not !== new RegExp(`^(?:${condition.pattern})$`).test(String(value));
  }
}

/** The condition on each row as SQL. `time` says that the column contains dates or times. */
export function testOf(of: string, condition: Condition, now: number, time: boolean): string {
  const sqlOf = (operand: Operand): string => {
    if (operand.is === 'null') return 'NULL';
    if (operand.is === 'text') return time ? `CAST(${literal(operand.value)} AS TIMESTAMP)` : literal(operand.value);
    if (operand.is === 'ago') return timestamp(now - operand.seconds * 1_000);
    return String(operand.is === 'number' ? operand.value : operand.seconds);
  };
  const left = (operand: Operand): string => {
    if (operand.is === 'ago' || (time && operand.is === 'text')) return `CAST(${of} AS TIMESTAMP)`;
    return operand.is === 'text' ? `CAST(${of} AS VARCHAR)` : `TRY_CAST(${of} AS DOUBLE)`;
  };
  const not = 'not' in condition && condition.not ? 'NOT ' : '';
  switch (condition.is) {
    case 'compare': {
      const { operator, operand } = condition;
      if (operand.is === 'null') return `${of} IS ${operator === '=' ? '' : 'NOT '}NULL`;
      return `${left(operand)} ${operator} ${sqlOf(operand)}`;
    }
    case 'between': {
      const value = left(condition.from);
      return `${not}(${value} > ${sqlOf(condition.from)} AND ${value} < ${sqlOf(condition.to)})`;
    }
    case 'in': {
      const tests = condition.operands.map((operand) =>
        operand.is === 'null' ? `${of} IS NULL` : `coalesce(${left(operand)} = ${sqlOf(operand)}, false)`,
      );
      return `${not}(${tests.join(' OR ')})`;
    }
    case 'matches':
      return `${not}regexp_full_match(CAST(${of} AS VARCHAR), ${literal(condition.pattern)})`;
  }
}

export function mentionsNull(condition: Condition): boolean {
  if (condition.is === 'compare') return condition.operand.is === 'null';
  return condition.is === 'in' && condition.operands.some((operand) => operand.is === 'null');
}

export function isTime(type: string | undefined): boolean {
  return type === 'DATE' || type?.startsWith('TIMESTAMP') === true;
}

export function timestamp(time: number): string {
  return `TIMESTAMP ${literal(new Date(time).toISOString().replace('T', ' ').replace('Z', ''))}`;
}
