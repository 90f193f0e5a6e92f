/** Deeper than any document of 256 KiB that a person writes; a transform can make an object that holds itself. */
const maxDepth = 2_000;
/** More than any document of 256 KiB can have; the same object may stand in a result a thousand times. */
const maxValues = 1_000_000;
const maxCharacters = 10_000_000;

export class UnsupportedResult extends Error {}

/** It has no place in 256 KiB. As JSONata throws its errors: with a code. */
const tooLarge = { code: 'U1001', message: 'The result is too large' };

/**
 * What an expression returned, as plain JSON: arrays without JSONata's flags (`sequence`, `cons`, …). What is plain
 * already is returned itself, not copied. Throws UnsupportedResult on functions and on
 * objects that hold themselves, and a problem with a code on what is far too large.
 */
export function plainResult(value: unknown): unknown {
  return plain(value, 0, { values: 0, characters: 0 });
}

type Size = { values: number; characters: number };

function plain(value: unknown, depth: number, size: Size): unknown {
  size.values += 1;
  if (typeof value === 'string') size.characters += value.length;
  if (size.values > maxValues || size.characters > maxCharacters) throw tooLarge;
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
      return Array.isArray(value) ? plainArray(value, depth, size) : plainObject(value, depth, size);
    default:
      throw new UnsupportedResult();
  }
}

/** JSONata's arrays carry flags as own properties that JSON does not show. */
const flags = ['sequence', 'keepSingleton', 'cons', 'outerWrapper', 'tupleStream'];

function plainArray(array: readonly unknown[], depth: number, size: Size): readonly unknown[] {
  const items = array.map((item) => plain(item, depth + 1, size));
  const same = items.every((item, index) => item === array[index]) && !flags.some((flag) => Object.hasOwn(array, flag));
  return same ? array : items;
}

function plainObject(object: object, depth: number, size: Size): object {
  // Functions of JSONata are objects with these marks.
  if (Object.hasOwn(object, '_jsonata_function') || Object.hasOwn(object, '_jsonata_lambda')) {
    throw new UnsupportedResult();
  }
  let same = true;
  const entries = Object.entries(object).map(([key, item]): [string, unknown] => {
    const itsPlain = plain(item, depth + 1, size);
    if (itsPlain !== item) same = false;
    return [key, itsPlain];
  });
  return same ? object : Object.fromEntries(entries);
}
