/** Any JSON value. What comes from outside is `unknown` until it has been parsed into something narrower. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deeper than people write; at some ten thousand levels whatever walks through it runs out of stack. */
const levels = 200;

/** Whether it is nested deeper than we take from outside. */
export function isTooDeep(value: unknown, left = levels): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

/** The keys of `T` whose values may be undefined become optional, the others stay. */
export type Present<T> = Flat<
  { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
    [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
  }
>;
type Flat<T> = { [K in keyof T]: T[K] };

/** The same object without the keys whose value is undefined. `null`, `false`, `0` and `''` are values. */
export function present<T extends object>(fields: T): Present<T>;
export function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The same keys with other values. */
export function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
