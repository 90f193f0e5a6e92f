import type { Json } from '../json.ts';
import { type Finding, formatPath, type Path, type Report } from './finding.ts';

export type Place = { readonly line: number; readonly column: number };

/** A part of a document: the value behind a path, or its key, or a place within its text. */
export type Part = Pick<Finding, 'path' | 'key' | 'within'>;

/** Where a part stands in the file. What is not there is placed at what should hold it. */
export type Locate = (part: Part) => Place;

/** For what has no places: a module, or a file that is not there. */
export const nowhere: Locate = () => ({ line: 1, column: 1 });

/** A document that has been read into plain JSON and still knows where everything stood. */
export type Source = {
  readonly value: Json;
  /** Whether different parts have different places. */
  readonly exact: boolean;
  /** `offset`: see {@link Finding}. */
  place(part: Part & Pick<Finding, 'offset'>): Place;
  /** What a message begins with where a line and a column would say nothing. */
  label(path: Path): string;
};

/** Deeper than anything a person writes, and shallow enough to be walked by recursion. */
export const deepest = 64;

/** What a TypeScript module exports. There are no positions: messages name the path instead. */
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
    // An optional property that was given as undefined is one that was not given.
    const entries = Object.entries(part).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item, [...path, key])]));
  }
  const json = toJson(value, []);
  return { source: { value: json, ...source }, sound };
}
