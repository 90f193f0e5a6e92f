import { printable } from './printable.ts';

const longest = 200;

/** What a text of several lines comes to in one: of a traceback the error itself stands last. */
export function lastLine(text: string): string {
  const line = printable(text).trimEnd().split('\n').at(-1)?.trim() ?? '';
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
