import type { Json } from '../json.ts';
import { type Finding, formatPath, type Path, type Report } from './finding.ts';

export type Place = { readonly line: number; readonly column: number };

/** A part of a document: the value at a path, its key, or a place within its text. */
export type Part = Pick<Finding, 'path' | 'key' | 'within'>;

/** The place of a part in the file. A missing part gets its parent's place. */
export type Locate = (part: Part) => Place;

/** For documents without places: a module, or a missing file. */
export const nowhere: Locate = () => ({ line: 1, column: 1 });

/** A document as plain JSON, with the places of its parts. */
export type Source = {
  readonly value: Json;
  /** Whether different parts have different places. */
  readonly exact: boolean;
  /** `offset`: see {@link Finding}. */
  place(part: Part & Pick<Finding, 'offset'>): Place;
  /** Prefix of messages where lines and columns say nothing. */
  label(path: Path): string;
};

/** Deeper than any real document, and shallow enough for recursion. */
export const deepest = 64;

/** Reads a TypeScript module's export. There are no positions, so messages name the path. */
export function readValue(value: unknown, report: Report): { source: Source; sound: boolean } {
  const source = {
    exact: false,
    place: nowhere,
    label: (path: Path) => (path.length === 0 ? '' : `${formatPath(path)}: `),
  };
  let sound = true;
  function refuse(path: Path, what: string): null {
    sound = false;
    report({ path, code: 'not-json', message: `${what} cannot stand here`, remedy: 'use plain JSON values' });
    return null;
  }
  function toJson(part: unknown, path: Path): Json {
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part;
    if (typeof part === 'number') return Number.isFinite(part) ? part : refuse(path, String(part));
    if (typeof part !== 'object') return refuse(path, `a value of type ${typeof part}`);
    if (path.length > deepest) return refuse(path, `a value nested more than ${deepest} deep (or in itself)`);
    if (Array.isArray(part)) return part.map((item: unknown, at) => toJson(item, [...path, at]));
    const prototype: unknown = Object.getPrototypeOf(part);
    if (prototype !== Object.prototype && prototype !== null) return refuse(path, 'an instance of a class');
    // an optional property given as undefined counts as not given
    const entries = Object.entries(part).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item, [...path, key])]));
  }
  const json = toJson(value, []);
  return { source: { value: json, ...source }, sound };
}
