import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allKinds } from '../../shared/tasks/kinds.ts';

const page = readFileSync('docs/task-kinds/guarantees.md', 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));
const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const [, ...guarantees] = cellsOf(rows.find((row) => row.startsWith('| kind |')) ?? '');
const kinds = rows.flatMap((row) => {
  const [first = '', ...cells] = cellsOf(row);
  const [, kind] = /^\[`([\w-]+)`\]/.exec(first) ?? [];
  return kind === undefined ? [] : [{ kind, cells }];
});

/** The tests that the page names: kind, guarantee, title, file. */
const named = page.split('\n### `').flatMap((section, index) => {
  if (index === 0) return [];
  const kind = section.slice(0, section.indexOf('`'));
  return [...section.matchAll(/^- ([a-z ]+): "(.*)", in `(.*)`$/gm)].map(([, guarantee, title = '', file = '']) => ({
    kind,
    guarantee,
    title,
    file,
  }));
});

test('the table has a row for each kind and a cell for each guarantee', () => {
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(allKinds.map(({ kind }) => kind).sort());
  for (const { kind, cells } of kinds) expect([kind, cells.length]).toEqual([kind, guarantees.length]);
});

test('each cell has a test, unless it says `none` or `not tested`', () => {
  const untested = kinds.flatMap(({ kind, cells }) =>
    cells.flatMap((cell, column) => {
      const proven = named.some((each) => each.kind === kind && each.guarantee === guarantees[column]);
      return proven === !['none', 'not tested'].includes(cell) ? [] : [`${kind}, ${guarantees[column]}: ${cell}`];
    }),
  );
  expect(untested).toEqual([]);
});

test('each named test exists, with its title', () => {
  expect(named.length).toBeGreaterThan(50);
  const missing = named.filter(({ title, file }) => {
    if (!existsSync(file)) return true;
    const text = readFileSync(file, 'utf8');
    return !["'", '"', '`'].some(
      (quote) => text.includes(`(${quote}${title}${quote},`) || text.includes(`\n  ${quote}${title}${quote},`),
    );
  });
  expect(missing).toEqual([]);
});
