import type { Json } from '../../../shared/json.ts';

/** Documents are never changed, only replaced, so that each is printed once however many events and rows hold it. */
const texts = new WeakMap<object, string>();

export function jsonText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

/** What comes from `JSON.parse`, or from an evaluator whose contract is plain JSON, by its proper name. */
export function asJson(value: unknown): Json {
  return value as Json;
}

/** @throws {SyntaxError} */
export function parseJson(text: string): Json {
  return asJson(JSON.parse(text));
}

/** 256 KiB in UTF-8: the most that a state, a task or an execution may take or give. */
export const maxDocumentBytes = 262_144;

export function isTooLarge(text: string): boolean {
  if (text.length * 3 <= maxDocumentBytes) return false;
  return text.length > maxDocumentBytes || Buffer.byteLength(text) > maxDocumentBytes;
}
