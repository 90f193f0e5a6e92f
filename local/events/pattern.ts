import { isJsonObject } from '../../shared/json.ts';
import { readContentFilter, type ValueTest } from './content-filter.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';

export type EventTest = (event: unknown) => boolean;

/**
 * Compiles an EventBridge event pattern. Every field in it must match one of the listed values. A field with an array
 * as its value matches if any element does.
 *
 * @throws {InvalidEventPattern} if EventBridge would reject the pattern
 */
export function compilePattern(pattern: unknown): EventTest {
  if (!isJsonObject(pattern)) throw new InvalidEventPattern('', 'must be an object');
  if (Object.keys(pattern).length === 0) throw new InvalidEventPattern('', 'must not be empty');
  const test = readObject(pattern, '');
  return (event) => test(event, event);
}

/** `root` is the whole event. A field that must be absent has to be absent everywhere in it. */
type FieldTest = (value: unknown, root: unknown) => boolean;

function readObject(pattern: Readonly<Record<string, unknown>>, path: string): FieldTest {
  const tests = Object.entries(pattern).map(([key, wanted]) => {
    const place = path === '' ? key : `${path}.${key}`;
    if (key === '$or' && Array.isArray(wanted) && wanted.every(isJsonObject)) return readOr(wanted, path);
    // `detail.state` is the nested field, because EventBridge flattens both patterns and events.
    const names = key.split('.');
    const test = readField(wanted, place);
    return names.reduceRight<FieldTest>(
      (inner, name) => (value, root) => onItems(fieldOf(value, name), root, inner),
      test,
    );
  });
  return (value, root) => tests.every((test) => test(value, root));
}

/** `$or` is combined with its sibling fields, which must match as well. */
function readOr(alternatives: readonly Readonly<Record<string, unknown>>[], path: string): FieldTest {
  if (alternatives.length < 2) throw new InvalidEventPattern(path, 'has $or with fewer than two patterns');
  const tests = alternatives.map((alternative) => readObject(alternative, path));
  return (value, root) => tests.some((test) => test(value, root));
}

function readField(wanted: unknown, path: string): FieldTest {
  if (Array.isArray(wanted)) {
    if (wanted.length === 0) throw new InvalidEventPattern(path, 'must not be an empty list');
    const tests = wanted.map((element) => readElement(element, path));
    return (value, root) => tests.some((test) => test(value, root));
  }
  if (!isJsonObject(wanted)) throw new InvalidEventPattern(path, 'must be an object or a list');
  if (Object.keys(wanted).length === 0) throw new InvalidEventPattern(path, 'must not be empty');
  return readObject(wanted, path);
}

/** An array matches if one of its objects passes the whole test. Without objects, only a test for absence passes. */
function onItems(value: unknown, root: unknown, test: FieldTest): boolean {
  const items = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY).filter(isJsonObject) : [];
  return items.length === 0 ? test(value, root) : items.some((item) => test(item, root)) || test(value, root);
}

/** One element of a field's list. */
function readElement(element: unknown, path: string): FieldTest {
  if (isJsonObject(element) && Object.hasOwn(element, 'exists')) {
    const exists = element.exists;
    if (typeof exists !== 'boolean' || Object.keys(element).length > 1) {
      throw new InvalidEventPattern(path, 'has an exists filter that is neither true nor false');
    }
    const names = path.split('.');
    return exists ? (value) => leavesOf(value).length > 0 : (_value, root) => !isAnywhere(root, names);
  }
  const test: ValueTest = readContentFilter(element, path);
  return (value) => leavesOf(value).some(test);
}

/** Whether the field has a value in any element of the arrays on its path. */
function isAnywhere(value: unknown, names: readonly string[]): boolean {
  const [name, ...rest] = names;
  if (name === undefined) return leavesOf(value).length > 0;
  const items = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return items.some((item) => isAnywhere(fieldOf(item, name), rest));
}

function fieldOf(value: unknown, key: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Objects are not leaves: `exists` and literals ignore them. */
function leavesOf(value: unknown): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return values.filter((one) => one !== undefined && !isJsonObject(one));
}
