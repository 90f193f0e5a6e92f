import { object, text } from './argument-types.ts';
import { BadArgument, type IntrinsicFunction } from './intrinsic.ts';

/** Blank text is null (recorded). */
function parse(json: string): unknown {
  if (json.trim() === '') return null;
  try {
    return JSON.parse(json);
  } catch {
    throw new BadArgument(`The text is not JSON: ${json.slice(0, 200)}`);
  }
}

/** The same value may occur in `value` so often that no string can hold it. */
function print(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new BadArgument('The text is too long');
  }
}

function merge(first: object, second: object, deep: unknown): object {
  if (deep !== false) throw new BadArgument('Only the shallow merge is supported: the third argument must be false');
  return { ...first, ...second };
}

export const jsonFunctions = {
  'States.StringToJson': { arity: [1, 1], apply: ([json]) => (json === null ? null : parse(text(json))) },
  'States.JsonToString': { arity: [1, 1], apply: ([value]) => print(value) },
  'States.JsonMerge': {
    arity: [3, 3],
    apply: ([first, second, deep]) => merge(object(first), object(second), deep),
  },
} satisfies Record<string, IntrinsicFunction>;
