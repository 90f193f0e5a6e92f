import * as z from 'zod/mini';
import { type Json, present } from '../json.ts';
import { bytesPattern } from '../units/bytes.ts';
import { durationPattern } from '../units/duration.ts';

/** The words of a message about a wrong value. */
export type Hint = { readonly expected: string; readonly remedy: string };

export const hints = z.registry<Hint>();

/** Registers the description of a schema that is checked as one piece, for editors and messages. */
export function field<S extends z.ZodMiniType>(
  schema: S,
  hint: Hint & { readonly description?: string; readonly examples?: readonly Json[] },
): S {
  hints.add(schema, { expected: hint.expected, remedy: hint.remedy });
  const { description = hint.expected, examples } = hint;
  z.globalRegistry.add(schema, { description, ...present({ examples }) });
  return schema;
}

/** The description that editors show for an optional key, for the schema at this place. */
export function about<S extends z.ZodMiniType>(
  description: string,
  schema: S,
  examples?: readonly Json[],
): z.ZodMiniOptional<S> {
  const optional = z.optional(schema);
  z.globalRegistry.add(optional, { description, ...present({ examples }) });
  return optional;
}

/** The same for a required key. */
export function described<S extends z.ZodMiniType>(description: string, schema: S, examples?: readonly Json[]): S {
  const copy = z.clone(schema);
  const [hint, item, choice] = [hints.get(schema), lists.get(schema), choices.get(schema)];
  if (hint !== undefined) hints.add(copy, hint);
  if (item !== undefined) lists.set(copy, item);
  if (choice !== undefined) choices.set(copy, choice);
  z.globalRegistry.add(copy, { description, ...present({ examples }) });
  return copy;
}

/**
 * An object of one of several kinds, told apart by a key that only one of them has. Registered so that messages can
 * be about that kind, where a union would list the mistakes for each member.
 */
export type Choice = { readonly noun: string; readonly members: Readonly<Record<string, z.ZodMiniObject>> };

export const choices = new WeakMap<object, Choice>();

export function choice<M extends Readonly<Record<string, z.ZodMiniObject>>>(noun: string, members: M) {
  const schema = z.union(Object.values(members) as M[keyof M][]);
  choices.set(schema, { noun, members });
  return schema;
}

/** The same for kinds that each have a schema. */
export function choiceOf<M extends Readonly<Record<string, { readonly schema: z.ZodMiniObject }>>>(
  noun: string,
  kinds: M,
) {
  const schema = z.union(Object.values(kinds).map(({ schema }) => schema) as M[keyof M]['schema'][]);
  const members = Object.fromEntries(Object.entries(kinds).map(([name, { schema }]) => [name, schema]));
  choices.set(schema, { noun, members });
  return schema;
}

/** A list, or its only item without brackets. Registered so that items are read one by one. */
export const lists = new WeakMap<object, z.ZodMiniType>();

export function oneOrMore<S extends z.ZodMiniType>(item: S) {
  const schema = z.union([item, z.array(item)]);
  lists.set(schema, item);
  return schema;
}

/** The items of such a list. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/**
 * Names that every JavaScript object has, and that JSONata 2.0.6 therefore finds in any object, such as
 * `$params.toString`.
 */
const inherited = Object.getOwnPropertyNames(Object.prototype).filter((word) => !word.startsWith('_'));
const ownWord = `(?!(?:${inherited.join('|')})$)`;

/** Names that Step Functions accepts within the name of a state or machine, with room for a suffix. */
export const name = field(
  z.string().check(z.regex(new RegExp(`^${ownWord}[A-Za-z][A-Za-z0-9_-]*$`)), z.maxLength(64)),
  {
    expected: 'a name: a letter, then letters, digits, `_` and `-`, at most 64 characters in all',
    remedy: 'rename it; words of JavaScript such as `toString` are reserved',
  },
);

/** Names that JSONata reads as one word: in `$params.a-b`, the hyphen is a minus. */
export const paramName = field(
  z.string().check(z.regex(new RegExp(`^${ownWord}[A-Za-z][A-Za-z0-9_]*$`)), z.maxLength(64)),
  {
    expected: 'a parameter name of letters, digits and `_` that begins with a letter, at most 64 of them',
    remedy: 'in expressions a hyphen would be a minus; rename it, with `_` between words',
  },
);

export const datasetName = field(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_.-]*$/), z.maxLength(128)), {
  expected: 'a dataset name of letters, digits, `_`, `-` and `.` that begins with a letter',
  remedy: 'rename the dataset, here and where it is waited for',
  examples: ['orders'],
});

export const duration = field(z.string().check(z.regex(durationPattern)), {
  expected: 'a duration such as 90s, 2m, 1h30m or 7d',
  remedy: 'write whole numbers with the units d, h, m, s, the largest unit first',
  examples: ['90s', '1h30m', '7d'],
});

/** Bytes, as a number or with a unit: see `bytes.ts`. */
export const bytes = field(z.union([z.int().check(z.minimum(0)), z.string().check(z.regex(bytesPattern))]), {
  expected: 'a number of bytes, such as 1048576, 64KB or 2GiB',
  remedy: 'write a whole number and B, KB, MB, GB, TB (of 1,000) or KiB, MiB, GiB, TiB (of 1,024)',
  examples: ['64KB', '2GiB', 1_048_576],
});

export const text = field(z.string(), {
  expected: 'a text',
  remedy: 'put it in quotes if it looks like something else',
});

export const flag = field(z.boolean(), { expected: 'true or false', remedy: 'write true or false, without quotes' });

export function positiveInteger(most: number) {
  return field(z.int().check(z.minimum(1), z.maximum(most)), {
    expected: `a whole number from 1 to ${most}`,
    remedy: 'write a number within these bounds, without quotes',
  });
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  const list = values.map((value) => `\`${value}\``).join(', ');
  return field(z.enum(values), { expected: `one of ${list}`, remedy: 'choose one of them' });
}

/** Any JSON; strings may be expressions. A {@link Source} holds only JSON. */
export const value = field(
  z.custom<Json>((input) => input !== undefined),
  {
    expected: 'a value',
    remedy: 'write a value',
    description: 'Any value; a string "{% … %}" is a JSONata expression',
  },
);

export const expression = field(z.string().check(z.regex(/^\{%[\s\S]*%\}$/)), {
  expected: 'an expression, "{% … %}"',
  remedy:
    'write JSONata between {% and %}, in quotes, with nothing around it; a block of text is written with >- or |-',
  examples: ['{% $params.full %}', '{% $tasks.extract.output.rows > 0 %}'],
});
