import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { fit } from '../../../cli/render/fit.ts';

test.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['\u001b[31mred\u001b[39m rest', 5, '\u001b[31mred\u001b[39m …'],
  ['日本語の列', 5, '日本…'],
  ['\u001b[31mred\u001b[39m rest', 3, '\u001b[31mre\u001b[39m…'],
])('%j on %d columns is %j', (line, width, text) => {
  expect(fit(line, width)).toBe(text);
});

test('no line is wider than the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (line, width) => {
      expect(stringWidth(fit(line, width))).toBeLessThanOrEqual(width);
    }),
  );
});
