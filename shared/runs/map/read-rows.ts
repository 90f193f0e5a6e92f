import { isJsonObject, type Json } from '../../json.ts';

/** The rows of a CSV file with a header, of JSON Lines, or of a JSON list. @throws {SyntaxError} */
export function readRows(text: string): readonly Json[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return [];
  if (trimmed.startsWith('[')) {
    const list: Json = JSON.parse(trimmed);
    return Array.isArray(list) ? list : [];
  }
  if (trimmed.startsWith('{')) return trimmed.split(/\r?\n/).flatMap(readLine);
  const [header = [], ...lines] = readCsv(trimmed);
  const twice = header.find((name, at) => name !== '' && header.indexOf(name) < at);
  if (twice !== undefined) throw new SyntaxError(`two columns have the name ${twice}`);
  const long = lines.findIndex((line) => line.length > header.length);
  if (long >= 0) throw new SyntaxError(`row ${long + 1} has more values than the header has names`);
  return lines.map((line) => Object.fromEntries(header.map((name, at) => [name, line[at] ?? ''])));
}

function readLine(line: string, number: number): Json[] {
  if (line.trim() === '') return [];
  const value: Json = JSON.parse(line);
  if (!isJsonObject(value)) throw new SyntaxError(`line ${number + 1} is not a JSON object`);
  return [value];
}

/** By RFC 4180: fields in quotes may contain commas, line breaks, and quotes, which are doubled. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;
  for (;;) {
    const [, written, separator] = cell.exec(text) ?? [];
    if (written === undefined) throw new SyntaxError(`line ${lines.length} is not CSV`);
    lines.at(-1)?.push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written);
    if (separator === '') return lines.filter((line) => line.length > 1 || line[0] !== '');
    if (separator !== ',') lines.push([]);
  }
}
