import { isJsonObject } from '../../shared/json.ts';
import { readContentFilter, type ValueTest } from './content-filter.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';

export type EventTest = (event: unknown) => boolean;

/**
 * Compiles an EventBridge event pattern: every field that it names must match, by one of the values listed for it.
 * A field whose value is an array matches by any of its elements.
 *
 * @throws {InvalidEventPattern} what EventBridge would refuse
 */
export function compilePattern(pattern: unknown): EventTest {
  if (!isJsonObject(pattern)) throw new InvalidEventPattern('', 'must be an object');
  if (Object.keys(pattern).length === 0) throw new InvalidEventPattern('', 'must not be empty');
  return readObject(pattern, '');
}

function readObject(pattern: Readonly<Record<string, unknown>>, path: string): EventTest {
  const tests = Object.entries(pattern).map(([key, wanted]) => {
    const place = path === '' ? key : `${path}.${key}`;
    if (key === '$or' && Array.isArray(wanted)) return readOr(wanted, place);
    const test = readField(wanted, place);
    return (event: unknown) => test(fieldOf(event, key));
  });
  return (event) => tests.every((test) => test(event));
}

/** `$or` stands beside fields, which must match as well. */
function readOr(alternatives: readonly unknown[], path: string): EventTest {
  if (alternatives.length < 2) throw new InvalidEventPattern(path, 'must list two patterns at least');
  const tests = alternatives.map((alternative) => {
    if (!isJsonObject(alternative)) throw new InvalidEventPattern(path, 'may list objects only');
    return readObject(alternative, path);
  });
  return (event) => tests.some((test) => test(event));
}

function readField(wanted: unknown, path: string): EventTest {
  if (Array.isArray(wanted)) {
    if (wanted.length === 0) throw new InvalidEventPattern(path, 'must not be an empty list');
    const tests = wanted.map((element) => readElement(element, path));
    return (value) => {
      const leaves = leavesOf(value);
      return tests.some((test) => test(leaves));
    };
  }
  if (!isJsonObject(wanted)) throw new InvalidEventPattern(path, 'must be an object or a list');
  const test = readObject(wanted, path);
  // An array of objects matches when one of them has all of it; an absent object may still match `exists: false`.
  return (value) => (Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY).some(test) : test(value));
}

/** One element of a field's list, over the field's values; none: the field is absent. */
function readElement(element: unknown, path: string): (leaves: readonly unknown[]) => boolean {
  if (isJsonObject(element) && Object.hasOwn(element, 'exists')) {
    const exists = element.exists;
    if (typeof exists !== 'boolean' || Object.keys(element).length > 1) {
      throw new InvalidEventPattern(path, 'has an exists filter that is neither true nor false');
    }
    return (leaves) => leaves.length > 0 === exists;
  }
  const test: ValueTest = readContentFilter(element, path);
  return (leaves) => leaves.some(test);
}

function fieldOf(value: unknown, key: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Objects are no leaves: `exists` and literals do not see them. */
function leavesOf(value: unknown): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return values.filter((one) => one !== undefined && !isJsonObject(one));
}
