import type { Json } from '../../../shared/json.ts';

/**
 * Documents are replaced, never changed, so their printed text stays valid. A state's output is the next state's input,
 * and occurs in several events and a row. So the latest texts are cached, and long ones live as long as their document.
 */
const longTexts = new WeakMap<object, string>();
const lastDocuments: (object | undefined)[] = new Array(8).fill(undefined);
const lastTexts: string[] = new Array(8).fill('');
const long = 2_048;
let place = 0;

export function jsonText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const at = lastDocuments.indexOf(value);
  const known = at >= 0 ? lastTexts[at] : longTexts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  if (text.length > long) longTexts.set(value, text);
  else {
    place = (place + 1) % lastDocuments.length;
    lastDocuments[place] = value;
    lastTexts[place] = text;
  }
  return text;
}

/** Types the result of `JSON.parse`, or of an evaluator that returns plain JSON. */
export function asJson(value: unknown): Json {
  return value as Json;
}

/** @throws {SyntaxError} */
export function parseJson(text: string): Json {
  return asJson(JSON.parse(text));
}

/** 256 KiB in UTF-8: the maximum input or output of a state, a task or an execution. */
export const maxDocumentBytes = 262_144;

export function isTooLarge(text: string): boolean {
  if (text.length * 3 <= maxDocumentBytes) return false;
  return text.length > maxDocumentBytes || Buffer.byteLength(text) > maxDocumentBytes;
}
