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
