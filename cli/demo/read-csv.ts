/** The rows of a CSV text (RFC 4180), header first. Blank lines are skipped. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let start = true;
  // one field and its end: quoted, with doubled quotes inside, or everything up to a comma or the end of the line
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < text.length || !start) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new MalformedCsv(`malformed CSV at character ${at}`);
    const [, quoted, plain = '', end] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    start = end !== ',';
    if (start) {
      if (row.length > 1 || row[0] !== '') rows.push(row);
      row = [];
    }
  }
  return rows;
}

export class MalformedCsv extends Error {
  override readonly name = 'MalformedCsv';
}
