import type { Json, JsonObject } from '../../../../shared/json.ts';
import { ItemReaderFailed } from './item-reader-failed.ts';

const delimiters: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * Rows as objects by header. All values are strings. Missing values are empty, and values without a header are dropped
 * (recorded).
 */
export function parseCsv(text: string, config: JsonObject): readonly Json[] {
  const { CSVHeaderLocation, CSVHeaders, CSVDelimiter } = config;
  const rows = splitRows(text, delimiters[String(CSVDelimiter)] ?? ',');
  const given = CSVHeaderLocation === 'GIVEN' && Array.isArray(CSVHeaders) ? CSVHeaders.map(String) : undefined;
  const headers = given ?? rows.shift() ?? [];
  if (new Set(headers).size !== headers.length) throw new ItemReaderFailed('CSV headers cannot contain duplicates.');
  return rows.map((row) => Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ''])));
}

/** RFC 4180: quoted values may contain delimiters, line breaks and doubled quotes. Empty lines are ignored. */
function splitRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  const endRow = () => {
    if (row.length > 0 || value !== '') rows.push([...row, value]);
    row = [];
    value = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (text[at + 1] === '"') {
        value += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && value === '') quoted = true;
    else if (letter === delimiter) {
      row.push(value);
      value = '';
    } else if (letter === '\n') endRow();
    else if (letter !== '\r') value += letter;
  }
  endRow();
  return rows;
}
