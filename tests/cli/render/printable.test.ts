import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guarded, printable } from '../../../shared/views/printable.ts';

test.each([
  ['\u001b[2J\u001b]0;title\u0007', '\\x1b[2J\\x1b]0;title\\x07', '\\x1b[2J\\x1b]0;title\\x07'],
  ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m', '\u001b[31mred\u001b[0m'],
  ['a\tb\nc\r\nd\re\u009b2K', 'a\tb\nc\r\nd\\x0de\\x9b2K', 'a\tb\nc\r\nd\\x0de\\x9b2K'],
])('%j is shown as it is, but for control characters', (text, shown, onTerminal) => {
  expect(printable(text)).toBe(shown);
  expect(guarded(text)).toBe(onTerminal);
});

test('whatever a job says, nothing but tabs and ends of lines gets through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text).replaceAll('\r\n', '\n')).not.toMatch(/(?![\t\n])\p{Cc}/u);
      expect(printable(printable(text))).toBe(printable(text));
    }),
  );
});
