import { deepEqual } from '../jsonpath/deep-equal.ts';
import { integer, list } from './argument-types.ts';
import { BadArgument, type IntrinsicFunction } from './intrinsic.ts';

/** Step Functions guide: ArrayRange makes at most 1,000 items. */
const maxRange = 1_000;

function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw new BadArgument('The step must not be zero');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > maxRange) throw new BadArgument(`The range has more than ${maxRange} items`);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

function partition(items: readonly unknown[], size: number): unknown[][] {
  if (size < 1) throw new BadArgument('The size of the parts must be a positive integer');
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

function itemAt(items: readonly unknown[], index: number): unknown {
  if (index < 0 || index >= items.length) throw new BadArgument(`There is no item ${index} among ${items.length}`);
  return items[index];
}

/** Keeps the first of equal values. Equal values have the same text, so one pass is enough. */
function unique(items: readonly unknown[]): unknown[] {
  const first = new Map<string, unknown>();
  for (const item of items) {
    const key = textWithSortedKeys(item);
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

function textWithSortedKeys(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}

export const arrayFunctions = {
  'States.Array': { arity: [0, Number.POSITIVE_INFINITY], apply: (args) => [...args] },
  'States.ArrayPartition': { arity: [2, 2], apply: ([items, size]) => partition(list(items), integer(size)) },
  'States.ArrayContains': {
    arity: [2, 2],
    apply: ([items, value]) => list(items).some((item) => deepEqual(item, value)),
  },
  'States.ArrayRange': {
    arity: [3, 3],
    apply: ([first, last, step]) => range(integer(first), integer(last), integer(step)),
  },
  'States.ArrayGetItem': { arity: [2, 2], apply: ([items, index]) => itemAt(list(items), integer(index)) },
  'States.ArrayLength': { arity: [1, 1], apply: ([items]) => list(items).length },
  'States.ArrayUnique': { arity: [1, 1], apply: ([items]) => unique(list(items)) },
} satisfies Record<string, IntrinsicFunction>;
