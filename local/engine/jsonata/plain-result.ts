/** Deeper than any document of 256 KiB that a person writes; a transform can make an object that holds itself. */
const maxDepth = 4_000;

export class UnsupportedResult extends Error {}

/**
 * What an expression returned, as plain JSON: arrays without JSONata's flags (`sequence`, `cons`, …). What is plain
 * already is returned itself, not copied. Throws UnsupportedResult on functions and on objects that hold themselves.
 */
export function plainResult(value: unknown, depth = 0): unknown {
  if (depth > maxDepth) throw new UnsupportedResult();
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new UnsupportedResult();
      return value;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? plainArray(value, depth) : plainObject(value, depth);
    default:
      throw new UnsupportedResult();
  }
}

/** JSONata's arrays carry flags as own properties that JSON does not show. */
const flags = ['sequence', 'keepSingleton', 'cons', 'outerWrapper', 'tupleStream'];

function plainArray(array: readonly unknown[], depth: number): readonly unknown[] {
  const items = array.map((item) => plainResult(item, depth + 1));
  const same = items.every((item, index) => item === array[index]) && !flags.some((flag) => Object.hasOwn(array, flag));
  return same ? array : items;
}

function plainObject(object: object, depth: number): object {
  // Functions of JSONata are objects with these marks.
  if (Object.hasOwn(object, '_jsonata_function') || Object.hasOwn(object, '_jsonata_lambda')) {
    throw new UnsupportedResult();
  }
  let same = true;
  const entries = Object.entries(object).map(([key, item]): [string, unknown] => {
    const plain = plainResult(item, depth + 1);
    if (plain !== item) same = false;
    return [key, plain];
  });
  return same ? object : Object.fromEntries(entries);
}
