import { columnsOf } from './columns-of.ts';

export type Column = { readonly title: string; readonly align?: 'right' };

/** Formats rows as aligned columns with titles. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, i) =>
    Math.max(columnsOf(title), ...rows.map((row) => columnsOf(row[i] ?? ''))),
  );
  return [columns.map(({ title }) => title), ...rows].map((row) =>
    columns
      .map(({ align }, i) => {
        const cell = row[i] ?? '';
        const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - columnsOf(cell)));
        return align === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}
