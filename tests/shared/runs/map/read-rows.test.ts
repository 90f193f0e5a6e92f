import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRows } from '../../../../shared/runs/map/read-rows.ts';

test.each([
  ['nothing', '', []],
  ['a header alone', 'a,b\n', []],
  ['a byte order mark', '\uFEFFa\n1', [{ a: '1' }]],
  [
    'Windows line breaks and blank lines',
    'a,b\r\n1,2\r\n\r\n3,4\r\n',
    [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ],
  ],
  ['columns without names', 'a,,\n1,,', [{ a: '1', '': '' }]],
  ['a short line', 'a,b\n1', [{ a: '1', b: '' }]],
  ['line breaks in quotes', 'a,b\n"1\n2","x ""y"""', [{ a: '1\n2', b: 'x "y"' }]],
  ['JSON Lines', '{"a":1}\n\n{"a":2}', [{ a: 1 }, { a: 2 }]],
  ['a JSON list', '[1, "x"]', [1, 'x']],
])('reads %s', (_, text, rows) => {
  expect(readRows(text)).toEqual(rows);
});

test.each([['{"a":1}\n[2]'], ['[1'], ['a,b\n"open'], ['a\nx"y'], ['a,b,a\n1,2,3'], ['a,b\n1,2,3']])(
  '%j has no rows',
  (text) => {
    expect(() => readRows(text)).toThrow(SyntaxError);
  },
);

test('reads back the rows of any CSV file', () => {
  const cell = fc.string().filter((text) => text.trim() === text && text !== '');
  const line = fc.tuple(cell, cell);
  const written = (cells: readonly string[]) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = [['a', 'b'], ...lines].map(written).join('\n');
      expect(readRows(text)).toEqual(lines.map(([a, b]) => ({ a, b })));
    }),
  );
});
