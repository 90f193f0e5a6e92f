import { BlockList, isIP } from 'node:net';
import { isJsonObject } from '../../shared/json.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';
import { readWildcard } from './wildcard.ts';

/** Tests one value of a field. The pattern handles `exists`, which concerns the field as a whole. */
export type ValueTest = (value: unknown) => boolean;
type FilterReader = (operand: unknown, path: string) => ValueTest;

/** EventBridge's content filters by key. */
const filters: Readonly<Record<string, FilterReader>> = {
  prefix: (operand, path) => affix(operand, path, 'prefix', (text, part) => text.startsWith(part)),
  suffix: (operand, path) => affix(operand, path, 'suffix', (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand, path) => {
    const wanted = fold(string(operand, path, 'equals-ignore-case'));
    return onText((text) => fold(text) === wanted);
  },
  wildcard: (operand, path) => {
    const test = readWildcard(string(operand, path, 'wildcard'));
    if (test === undefined) throw new InvalidEventPattern(path, 'has a wildcard with ** or a stray backslash');
    return onText(test);
  },
  exactly: (operand, path) => literal(string(operand, path, 'exactly'), path),
  numeric,
  cidr,
  'anything-but': anythingBut,
};

/** Reads one element of a field's list: a literal, or an object with one filter. */
export function readContentFilter(element: unknown, path: string): ValueTest {
  if (!isJsonObject(element)) return literal(element, path);
  const [entry, ...others] = Object.entries(element);
  if (entry === undefined || others.length > 0) throw new InvalidEventPattern(path, 'must have one filter per object');
  const read = Object.hasOwn(filters, entry[0]) ? filters[entry[0]] : undefined;
  if (read === undefined) throw new InvalidEventPattern(path, `has the unknown filter "${entry[0]}"`);
  return read(entry[1], path);
}

function literal(wanted: unknown, path: string): ValueTest {
  if (wanted !== null && !['string', 'number', 'boolean'].includes(typeof wanted)) {
    throw new InvalidEventPattern(path, 'may list strings, numbers, true, false, null and filters');
  }
  return (value) => value === wanted;
}

/** `prefix` and `suffix` take a string, or `{"equals-ignore-case": string}`. */
function affix(
  operand: unknown,
  path: string,
  filter: string,
  has: (text: string, part: string) => boolean,
): ValueTest {
  if (!isJsonObject(operand)) {
    const part = string(operand, path, filter);
    return onText((text) => has(text, part));
  }
  if (Object.keys(operand).length > 1) throw new InvalidEventPattern(path, `has a ${filter} with more than one filter`);
  const part = fold(string(operand['equals-ignore-case'], path, filter));
  return onText((text) => has(fold(text), part));
}

/** Excludes the listed values, or the values that a nested filter matches. The nested filter may take a list, too. */
function anythingBut(operand: unknown, path: string): ValueTest {
  if (isJsonObject(operand)) {
    const [entry, ...others] = Object.entries(operand);
    const nested = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];
    const read = entry === undefined || others.length > 0 || !nested.includes(entry[0]) ? undefined : filters[entry[0]];
    if (entry === undefined || read === undefined) {
      throw new InvalidEventPattern(path, `has an anything-but filter with none of ${nested.join(', ')}`);
    }
    const parts = list(entry[1], path);
    const isAffix = entry[0] === 'prefix' || entry[0] === 'suffix';
    if (isAffix && parts.some((part) => typeof part !== 'string' || part === '')) {
      throw new InvalidEventPattern(
        path,
        `has an anything-but ${entry[0]} filter with a value that is not a string, or is empty`,
      );
    }
    return noneOf(parts.map((one) => read(one, path)));
  }
  const wanted = list(operand, path);
  if (!wanted.every((one) => typeof one === 'string') && !wanted.every((one) => typeof one === 'number')) {
    throw new InvalidEventPattern(
      path,
      'has an anything-but filter whose values are neither all strings nor all numbers',
    );
  }
  return noneOf(wanted.map((one) => literal(one, path)));
}

function noneOf(tests: readonly ValueTest[]): ValueTest {
  return (value) => !tests.some((test) => test(value));
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** The range that Event Ruler compares. It rejects patterns with larger numbers. */
const mostNumber = 5_000_000_000;

/** Two bounds must be a lower bound and a greater upper bound. */
function requireRange([first, bottom, second, top]: readonly unknown[], path: string): void {
  const lower = first === '>' || first === '>=';
  const upper = second === '<' || second === '<=';
  if (lower && upper && Number(bottom) < Number(top)) return;
  throw new InvalidEventPattern(
    path,
    'has a numeric filter whose bounds are not a lower bound and a greater upper bound',
  );
}

/** `["=", 5]`, or one or two bounds: `[">", 0, "<=", 5]`. */
function numeric(operand: unknown, path: string): ValueTest {
  const words = list(operand, path);
  const tests = words.flatMap((word, at) => {
    if (at % 2 === 1) return [];
    const compare = typeof word === 'string' && Object.hasOwn(comparisons, word) ? comparisons[word] : undefined;
    const bound = words[at + 1];
    if (compare === undefined || typeof bound !== 'number' || Math.abs(bound) > mostNumber) {
      throw new InvalidEventPattern(path, 'has a numeric filter that is not like [">", 0, "<=", 5]');
    }
    return [(value: number) => compare(value, bound)];
  });
  if (tests.length > 2) throw new InvalidEventPattern(path, 'has a numeric filter with more than two bounds');
  if (tests.length === 2) requireRange(words, path);
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function cidr(operand: unknown, path: string): ValueTest {
  const [address, bits, ...more] = string(operand, path, 'cidr').split('/');
  const family = isIP(address ?? '') === 6 ? 'ipv6' : 'ipv4';
  const length = Number(bits);
  const valid = isIP(address ?? '') !== 0 && more.length === 0 && /^\d{1,3}$/.test(bits ?? '');
  if (address === undefined || !valid || length >= (family === 'ipv6' ? 128 : 32)) {
    throw new InvalidEventPattern(path, 'has a cidr filter that is not like 10.0.0.0/24');
  }
  const block = new BlockList();
  block.addSubnet(address, length, family);
  return onText((text) => isIP(text) !== 0 && block.check(text, isIP(text) === 6 ? 'ipv6' : 'ipv4'));
}

function list(operand: unknown, path: string): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) throw new InvalidEventPattern(path, 'has a filter with an empty list');
  return values;
}

function string(operand: unknown, path: string, filter: string): string {
  if (typeof operand !== 'string') throw new InvalidEventPattern(path, `has a ${filter} filter that is not a string`);
  return operand;
}

function onText(test: (text: string) => boolean): ValueTest {
  return (value) => typeof value === 'string' && test(value);
}

function fold(text: string): string {
  return text.toLowerCase();
}
