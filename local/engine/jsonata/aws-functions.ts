import { createHash } from 'node:crypto';
import type jsonata from 'jsonata';
import { seededRandom } from '../intrinsics/seeded-random.ts';

export type Chance = { readonly random: () => number; readonly uuid: () => string };

/** JSONata's own errors are plain objects with a code, and so are these. */
const failure = (code: string, message: string) => ({ code, message });

const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** More would not fit in a state's 256 KB. The limit of 1,000 items applies only to States.ArrayRange. */
const maxRange = 1_000_000;

export function partition(array: readonly unknown[] | undefined, size: number | undefined): unknown[][] | undefined {
  if (array === undefined || size === undefined) return undefined;
  const step = Math.trunc(size);
  if (step < 1) throw failure('D3141', 'The second argument of function "partition" must be a positive integer');
  const parts: unknown[][] = [];
  for (let at = 0; at < array.length; at += step) parts.push(array.slice(at, at + step));
  return parts;
}

/** Truncates its arguments to integers (measured on AWS). */
export function range(first?: number, last?: number, step?: number): number[] | undefined {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  const [from, to, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
  if (by === 0) throw failure('D3141', 'The third argument of function "range" must not be zero');
  const count = Math.max(0, Math.floor((to - from) / by) + 1);
  if (count > maxRange) throw failure('D3141', `The function "range" makes at most ${maxRange} items`);
  return Array.from({ length: count }, (_, index) => (from || 0) + index * by);
}

export function hash(data: string | undefined, algorithm: string | undefined): string | undefined {
  if (data === undefined || algorithm === undefined) return undefined;
  const name = algorithms[algorithm];
  if (name === undefined) throw failure('D3141', `The algorithm "${algorithm}" of function "hash" is not supported`);
  return createHash(name).update(data, 'utf8').digest('hex');
}

/** Blank text is null, as for States.StringToJson (recorded). */
export function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw failure('D3141', 'The argument of function "parse" must be a JSON text');
  }
}

function shuffle(array: readonly unknown[] | undefined, random: () => number): unknown[] | undefined {
  if (array === undefined) return undefined;
  const result = [...array];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other], result[index]];
  }
  return result;
}

/** Own properties only: JSONata's $lookup also finds `constructor` and `__proto__`. */
function lookup(input: unknown, key: string): unknown {
  if (Array.isArray(input)) {
    const found = input.flatMap((item) => lookup(item, key) ?? []);
    return found.length === 0 ? undefined : found.length === 1 ? found[0] : found;
  }
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, key)) return undefined;
  return Reflect.get(input, key);
}

/**
 * Adds AWS's functions to an expression, and removes those that AWS lacks. `$now` is constant within one evaluation.
 */
export function registerAwsFunctions(expression: jsonata.Expression, chance: Chance): void {
  expression.registerFunction('partition', partition, '<a-n:a>');
  expression.registerFunction('range', range, '<n-nn:a<n>>');
  expression.registerFunction('hash', hash, '<s-s:s>');
  expression.registerFunction('parse', parse, '<s-:x>');
  expression.registerFunction('uuid', () => chance.uuid(), '<:s>');
  expression.registerFunction(
    'random',
    (seed?: number) => (seed === undefined ? chance.random() : seededRandom(seed)()),
    '<n?:n>',
  );
  expression.registerFunction('shuffle', (array?: readonly unknown[]) => shuffle(array, chance.random), '<a:a>');
  expression.registerFunction('lookup', lookup, '<x-s:x>');
  expression.registerFunction(
    'millis',
    function () {
      return this.environment.timestamp.getTime();
    },
    '<:n>',
  );
  expression.registerFunction(
    'now',
    function (picture?: string, timezone?: string) {
      const { environment } = this;
      return environment.lookup('fromMillis').implementation(environment.timestamp.getTime(), picture, timezone);
    },
    '<s?s?:s>',
  );
  expression.assign('eval', undefined); // Not on AWS.
}
