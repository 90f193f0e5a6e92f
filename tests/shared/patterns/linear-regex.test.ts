import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLinearRegex } from '../../../shared/patterns/linear-regex.ts';

const pieces = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '(a|b)', '(?:ab)', 'a|b', '^', '$', '1');
const repeats = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '*?');
const expression = fc
  .array(fc.tuple(pieces, repeats), { maxLength: 6 })
  .map((parts) => parts.map(([piece, repeat]) => piece + (/[$^]|a\|b$/.test(piece) ? '' : repeat)).join(''));

test('matches what JavaScript matches', () => {
  fc.assert(
    fc.property(expression, fc.string({ unit: fc.constantFrom('a', 'b', '1', 'é'), maxLength: 8 }), (source, text) => {
      const { regex } = readLinearRegex(source);
      expect(regex?.test(text), `${source} on ${text}`).toBe(new RegExp(source, 'u').test(text));
    }),
    { numRuns: 2000 },
  );
});

test.each(['(a+)+$', '^(a|a)*$', '(a|aa)+$', 'a*a*a*a*a*a*b', '(.*)*x', '((a{1,20}){1,20})$'])(
  '%s is as fast on a long key as any other',
  (source) => {
    const began = performance.now();
    expect(readLinearRegex(source).regex?.test(`${'a'.repeat(1023)}!`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  },
);

describe('an expression that is invalid or not linear is refused with its place', () => {
  test.each([
    ['(a)\\1', 3],
    ['a(?=b)', 1],
    ['(?<!a)b', 0],
    ['(?<x>a)', 0],
    ['\\bword', 0],
    ['a**', 2],
    ['*a', 0],
    ['(a', 0],
    ['a)', 1],
    ['x[ab', 1],
    ['a{3,2}', 0],
    ['[z-a]', 1],
    ['a\\', 1],
    ['((a{1000}){1000})', 0],
    ['a'.repeat(501), 0],
  ])('%s', (source, offset) => {
    expect(readLinearRegex(source).problem).toMatchObject({ offset });
  });
});
