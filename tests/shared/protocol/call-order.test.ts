import { expect, test } from 'vitest';
import { isOlder } from '../../../shared/protocol/call-order.ts';

test.each<[string, string | undefined, string | undefined, boolean]>([
  ['fewer retries', '2026-01-01T00:00:00Z#0#1', '2026-01-01T00:00:00Z#0#2', true],
  ['more retries, compared as numbers', '2026-01-01T00:00:00Z#0#10', '2026-01-01T00:00:00Z#0#9', false],
  ['fewer redrives, though more retries', '2026-01-01T00:00:00Z#0#3', '2026-01-01T00:00:00Z#1#0', true],
  ['a state that was entered earlier', '2026-01-01T00:00:00Z#0#3', '2026-01-01T00:00:01Z#0#0', true],
  ['the same', '2026-01-01T00:00:00Z#0#1', '2026-01-01T00:00:00Z#0#1', false],
  ['missing counts are zero', '2026-01-01T00:00:00Z##', '2026-01-01T00:00:00Z##1', true],
  ['nothing said', undefined, '2026-01-01T00:00:00Z#0#1', false],
  ['nothing to compare with', '2026-01-01T00:00:00Z#0#1', undefined, false],
])('whether a call is older: %s', (_, turn, other, older) => {
  expect(isOlder(turn, other)).toBe(older);
});
