import { matchesPattern } from './matches-pattern.ts';
import { compareTimestamps, parseTimestamp, type Timestamp } from './timestamp.ts';

/** Comparing values of other types is false, never an error (recorded). */
export type Comparison = (variable: unknown, value: unknown) => boolean;

const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const asTimestamp = (value: unknown): Timestamp | undefined =>
  typeof value === 'string' ? parseTimestamp(value) : undefined;

function relation<T>(read: (value: unknown) => T | undefined, order: (left: T, right: T) => number) {
  return (holds: (order: number) => boolean): Comparison =>
    (variable, value) => {
      const [left, right] = [read(variable), read(value)];
      return left !== undefined && right !== undefined && holds(order(left, right));
    };
}

const strings = relation(asString, (left, right) => (left < right ? -1 : left > right ? 1 : 0));
const numbers = relation(asNumber, (left, right) => left - right);
const timestamps = relation(asTimestamp, compareTimestamps);

const equal = (order: number): boolean => order === 0;
const less = (order: number): boolean => order < 0;
const greater = (order: number): boolean => order > 0;
const lessOrEqual = (order: number): boolean => order <= 0;
const greaterOrEqual = (order: number): boolean => order >= 0;

/** Operators on two values. Each also exists as `…Path`, except StringMatches. */
export const comparisons = {
  StringEquals: strings(equal),
  StringLessThan: strings(less),
  StringGreaterThan: strings(greater),
  StringLessThanEquals: strings(lessOrEqual),
  StringGreaterThanEquals: strings(greaterOrEqual),
  StringMatches: (variable, pattern) =>
    typeof variable === 'string' && typeof pattern === 'string' && matchesPattern(variable, pattern),
  NumericEquals: numbers(equal),
  NumericLessThan: numbers(less),
  NumericGreaterThan: numbers(greater),
  NumericLessThanEquals: numbers(lessOrEqual),
  NumericGreaterThanEquals: numbers(greaterOrEqual),
  BooleanEquals: (variable, value) => typeof variable === 'boolean' && variable === value,
  TimestampEquals: timestamps(equal),
  TimestampLessThan: timestamps(less),
  TimestampGreaterThan: timestamps(greater),
  TimestampLessThanEquals: timestamps(lessOrEqual),
  TimestampGreaterThanEquals: timestamps(greaterOrEqual),
} satisfies Record<string, Comparison>;

/** Tests of one value. Their result is compared with the rule's `true` or `false`. */
export const typeTests = {
  IsNull: (variable) => variable === null,
  IsNumeric: (variable) => typeof variable === 'number',
  IsString: (variable) => typeof variable === 'string',
  IsBoolean: (variable) => typeof variable === 'boolean',
  IsTimestamp: (variable) => asTimestamp(variable) !== undefined,
} satisfies Record<string, (variable: unknown) => boolean>;
