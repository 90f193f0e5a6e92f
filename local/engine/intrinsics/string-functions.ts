import { text } from './argument-types.ts';
import { BadArgument, type IntrinsicFunction } from './intrinsic.ts';

/** Prints a value as Java does: strings bare, `{a=1, b=[]}`, `[1, x]` (recorded for objects). */
function printed(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${printed(item)}`)
    .join(', ')}}`;
}

/** Far more than a state may return (256 KiB). */
const maxLength = 10_000_000;

/** Fills each `{}` in turn. A backslash escapes the next character. */
function format(template: string, values: readonly unknown[]): string {
  let [used, length] = [0, 0];
  const filled = template.replace(/\\([\s\S])|\{\}/g, (_place, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    used += 1;
    const text = printed(values[used - 1]);
    length += text.length;
    if (length > maxLength) throw new BadArgument('The text is too long');
    return text;
  });
  if (used !== values.length) {
    throw new BadArgument(`The template has ${used} places to fill, but there are ${values.length} arguments`);
  }
  return filled;
}

/** Every character of `separators` separates. Empty parts are dropped (recorded). */
function split(given: string, separators: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of given) {
    if (!separators.includes(character)) part += character;
    else if (part !== '') {
      parts.push(part);
      part = '';
    }
  }
  return part === '' ? parts : [...parts, part];
}

export const stringFunctions = {
  /** Its template keeps its backslashes. */
  'States.Format': {
    arity: [1, Number.POSITIVE_INFINITY],
    apply: ([template, ...values]) => format(text(template), values),
  },
  'States.StringSplit': { arity: [2, 2], apply: ([given, separators]) => split(text(given), text(separators)) },
} satisfies Record<string, IntrinsicFunction>;
