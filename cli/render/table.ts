import { stripVTControlCharacters } from 'node:util';

export type Column = { readonly title: string; readonly align?: 'right' };

/** Rows under their titles, in aligned columns; what is coloured counts by what is seen of it. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => seen(row[i] ?? ''))));
  return [columns.map(({ title }) => title), ...rows].map((row) =>
    columns
      .map(({ align }, i) => {
        const cell = row[i] ?? '';
        const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - seen(cell)));
        return align === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** How many characters of a text are seen on a terminal. */
export function seen(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
