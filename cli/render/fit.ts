import { seen } from './table.ts';

const escapeCharacter = '\u001b';
const colours = new RegExp(`(${escapeCharacter}\\[[0-9;]*m)`);

/** A line that takes at most `width` columns, its colours closed. One that wraps would spoil a drawing in place. */
export function fit(line: string, width: number): string {
  if (seen(line) <= width) return line;
  let left = width - 1;
  const kept = line.split(colours).map((part) => {
    if (part.startsWith(escapeCharacter)) return part;
    const characters = [...part].slice(0, left);
    left -= characters.length;
    return characters.join('');
  });
  // What stands behind the cut are colours only, so that each one that was begun is ended.
  return `${kept.join('')}…`;
}
