import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MalformedCsv, readCsv } from '../../../cli/demo/read-csv.ts';

test.each([
  ['', []],
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,\n,b\n',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
  ['a,', [['a', '']]],
  ['a\n\nb\n', [['a'], ['b']]],
  ['"x, ""y""\nz",2\n', [['x, "y"\nz', '2']]],
])('%j is read as %j', (text, rows) => {
  expect(readCsv(text)).toEqual(rows);
});

test.each(['a"b\n', '"open', '"a"b,c'])('%j is refused', (text) => {
  expect(() => readCsv(text)).toThrow(MalformedCsv);
});

test('what is written quoted is read back', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 2 })), (rows) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
      expect(readCsv(text)).toEqual(rows);
    }),
  );
});
