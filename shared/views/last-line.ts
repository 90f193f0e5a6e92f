import { printable } from './printable.ts';

const longest = 200;

/** The line that says most of a text with several lines: a traceback ends with the error itself. */
export function lastLine(text: string): string {
  const line = printable(text).trimEnd().split('\n').at(-1)?.trim() ?? '';
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
