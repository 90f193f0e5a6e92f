import { expect, test } from 'vitest';
import { table } from '../../../cli/render/table.ts';
import { duration } from '../../../shared/views/duration.ts';

test('a table is aligned by what is seen of its cells', () => {
  const rows = [
    ['\u001b[32mok\u001b[39m', '7'],
    ['failed', '1,200'],
  ];
  expect(table([{ title: 'STATE' }, { title: 'ROWS', align: 'right' }], rows)).toEqual([
    'STATE    ROWS',
    '\u001b[32mok\u001b[39m          7',
    'failed  1,200',
  ]);
});

test.each([
  [-5, '0.0s'],
  [449, '0.4s'],
  [59_940, '59.9s'],
  [59_960, '1m 00s'],
  [185_000, '3m 05s'],
  [3_600_000, '1h 00m'],
  [93_600_000, '1d 02h'],
])('%d ms are shown as %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
