import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { columnsOf } from '../../../cli/render/columns-of.ts';

test('Latin letters and symbols are as wide as the library says', () => {
  const latin = Array.from({ length: 0x600 }, (_, code) => String.fromCodePoint(code));
  const symbols = Array.from({ length: 0x1000 }, (_, code) => String.fromCodePoint(0x2000 + code));
  const differing = [...latin, ...symbols].filter(
    (each) => columnsOf(each) !== stringWidth(each) || columnsOf(`a${each}b`) !== stringWidth(`a${each}b`),
  );
  expect(differing).toEqual([]);
});

test.each([
  ['日本語', 6],
  ['\u001b[31mred\u001b[39m', 3],
  ['✔ done', 6],
  ['▶\ufe0f', 2],
])('%j takes %d columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});
