/**
 * Limit for depth, beyond any reasonable document of 256 KiB. A transform can create an object that contains itself.
 */
const maxDepth = 2_000;
/** Limit for values, beyond any document of 256 KiB. The same object may occur in a result a thousand times. */
const maxSize = 1_000_000;

export class UnsupportedResult extends Error {}

/** Its size exceeds 256 KiB. Thrown as JSONata does it, with a code. */
const tooLarge = { code: 'U1001', message: 'The result is too large' };

/** Values that are known to be plain, with their sizes. Documents never change, and results share parts of them. */
type Known = WeakMap<object, number>;

/**
 * Returns an expression's result as plain JSON: arrays without JSONata's flags (`sequence`, `cons`, …). Plain values
 * are returned as they are, not copied. Throws UnsupportedResult for functions and for objects that contain themselves,
 * and a problem with a code for results that are far too large.
 */
export function createPlainResult(): (value: unknown) => unknown {
  const known: Known = new WeakMap();
  return (value) => plain(value, 0, { size: 0 }, known);
}

/** Counts values, and each hundred characters. */
type Sum = { size: number };

function plain(value: unknown, depth: number, sum: Sum, known: Known): unknown {
  sum.size += typeof value === 'string' ? 1 + value.length / 100 : 1;
  if (sum.size > maxSize) throw tooLarge;
  if (typeof value === 'object' && value !== null) return plainObject(value, depth, sum, known);
  if (typeof value === 'function' || typeof value === 'undefined') throw new UnsupportedResult();
  // AWS's results have them as text: "Infinity", "-Infinity", "NaN".
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** JSONata's arrays carry flags as own properties that JSON omits. Its functions are marked objects. */
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
