import { deepEqual } from './deep-equal.ts';

type Comparison = (left: unknown, right: unknown) => boolean;

/** Numbers with numbers, texts with texts; anything else is in no order. */
const ordered =
  (holds: (order: number) => boolean): Comparison =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left - right);
    if (typeof left === 'string' && typeof right === 'string') return holds(left < right ? -1 : left > right ? 1 : 0);
    return false;
  };

const among = (item: unknown, list: unknown): boolean =>
  Array.isArray(list) && list.some((other) => deepEqual(item, other));

const sizeOf = (value: unknown): number | undefined =>
  typeof value === 'string' || Array.isArray(value) ? value.length : undefined;

/** The operators of filters, as in the JsonPath library that AWS uses (Jayway). `undefined` is a path that finds nothing. */
export const comparisons: Readonly<Record<string, Comparison>> = {
  '==': deepEqual,
  '!=': (left, right) => !deepEqual(left, right),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  in: among,
  nin: (left, right) => !among(left, right),
  contains: (left, right) =>
    typeof left === 'string' ? typeof right === 'string' && left.includes(right) : among(right, left),
  size: (left, right) => sizeOf(left) !== undefined && sizeOf(left) === (sizeOf(right) ?? right),
  empty: (left, right) => sizeOf(left) !== undefined && (sizeOf(left) === 0) === right,
  subsetof: (left, right) => Array.isArray(left) && left.every((item) => among(item, right)),
  anyof: (left, right) => Array.isArray(left) && left.some((item) => among(item, right)),
  noneof: (left, right) => Array.isArray(left) && !left.some((item) => among(item, right)),
};
