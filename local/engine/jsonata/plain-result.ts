/** Deeper than any document of 256 KiB that a person writes; a transform can make an object that holds itself. */
const maxDepth = 2_000;
/** More than any document of 256 KiB can have; the same object may stand in a result a thousand times. */
const maxSize = 1_000_000;

export class UnsupportedResult extends Error {}

/** It has no place in 256 KiB. As JSONata throws its errors: with a code. */
const tooLarge = { code: 'U1001', message: 'The result is too large' };

/** What is known to be plain, with its size. Documents are never changed, and results hold parts of them again and again. */
type Known = WeakMap<object, number>;

/**
 * Returns what an expression returned as plain JSON: arrays without JSONata's flags (`sequence`, `cons`, …). What is
 * plain already is returned itself, not copied. Throws UnsupportedResult on functions and on objects that hold
 * themselves, and a problem with a code on what is far too large.
 */
export function createPlainResult(): (value: unknown) => unknown {
  const known: Known = new WeakMap();
  return (value) => plain(value, 0, { size: 0 }, known);
}

/** Values, and characters by the hundred. */
type Sum = { size: number };

function plain(value: unknown, depth: number, sum: Sum, known: Known): unknown {
  sum.size += typeof value === 'string' ? 1 + value.length / 100 : 1;
  if (sum.size > maxSize) throw tooLarge;
  if (typeof value === 'object' && value !== null) return plainObject(value, depth, sum, known);
  if (typeof value === 'function' || typeof value === 'undefined') throw new UnsupportedResult();
  if (typeof value === 'number' && !Number.isFinite(value)) throw new UnsupportedResult();
  return value;
}

/** JSONata's arrays carry flags as own properties that JSON does not show; its functions are objects with marks. */
const flags = ['sequence', 'keepSingleton', 'cons', 'outerWrapper', 'tupleStream'];
const marks = ['_jsonata_function', '_jsonata_lambda'];

function plainObject(object: object, depth: number, sum: Sum, known: Known): object {
  const size = known.get(object);
  if (size !== undefined) {
    sum.size += size;
    if (sum.size > maxSize) throw tooLarge;
    return object;
  }
  if (depth > maxDepth || marks.some((mark) => Object.hasOwn(object, mark))) throw new UnsupportedResult();
  const before = sum.size;
  const result = Array.isArray(object) ? plainArray(object, depth, sum, known) : plainFields(object, depth, sum, known);
  known.set(result, sum.size - before);
  return result;
}

function plainArray(array: readonly unknown[], depth: number, sum: Sum, known: Known): readonly unknown[] {
  let same = !flags.some((flag) => Object.hasOwn(array, flag));
  const items = array.map((item) => {
    const itsPlain = plain(item, depth + 1, sum, known);
    if (itsPlain !== item) same = false;
    return itsPlain;
  });
  return same ? array : items;
}

function plainFields(object: object, depth: number, sum: Sum, known: Known): object {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(object)) {
    const item: unknown = Reflect.get(object, key);
    const itsPlain = plain(item, depth + 1, sum, known);
    if (itsPlain === item) continue;
    copy ??= { ...object };
    Object.defineProperty(copy, key, { value: itsPlain, enumerable: true, writable: true, configurable: true });
  }
  return copy ?? object;
}
