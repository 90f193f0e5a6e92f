import { columnsOf } from './columns-of.ts';

const escapeCharacter = '\u001b';
const colours = new RegExp(`(${escapeCharacter}\\[[0-9;]*m)`);

/** Cuts a line to `width` columns and ends its colours. A wrapped line would spoil a drawing in place. */
export function fit(line: string, width: number): string {
  if (columnsOf(line) <= width) return line;
  const graphemes = new Intl.Segmenter();
  let left = width - 1;
  const kept = line.split(colours).map((part) => {
    if (part.startsWith(escapeCharacter)) return part;
    let text = '';
    for (const { segment } of graphemes.segment(part)) {
      const columns = columnsOf(segment);
      if (columns > left) {
        left = 0;
        break;
      }
      text += segment;
      left -= columns;
    }
    return text;
  });
  // behind the cut only colour codes remain, which end each colour
  return `${kept.join('')}…`;
}
