import { deepEqual } from './deep-equal.ts';

type Comparison = (left: unknown, right: unknown) => boolean;

/** Compares numbers with numbers and strings with strings. Other values have no order. */
const ordered =
  (holds: (order: number) => boolean): Comparison =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left - right);
    if (typeof left === 'string' && typeof right === 'string') return holds(left < right ? -1 : left > right ? 1 : 0);
    return false;
  };

const among = (item: unknown, list: unknown): boolean =>
  Array.isArray(list) && list.some((other) => alike(item, other));

const sizeOf = (value: unknown): number | undefined =>
  typeof value === 'string' || Array.isArray(value) ? value.length : undefined;

/** A number equals its text (Jayway JsonPath, ValueNodes: StringNode.asNumberNode). */
function alike(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left === 'number' && typeof right === 'string') return numberIn(right) === left;
  if (typeof left === 'string' && typeof right === 'number') return numberIn(left) === right;
  return deepEqual(left, right);
}

function numberIn(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/** The operators of filters, as in AWS's JsonPath library (Jayway). `undefined` is a path that finds nothing. */
export const comparisons: Readonly<Record<string, Comparison>> = {
  '==': alike,
  '!=': (left, right) => !alike(left, right),
  '===': (left, right) => typeof left === typeof right && alike(left, right),
  '!==': (left, right) => typeof left !== typeof right || !alike(left, right),
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
