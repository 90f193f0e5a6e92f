import fc from 'fast-check';
import { expect, test } from 'vitest';
import { furthestMatch, type KeyPattern, matchKey, readKeyPattern } from '../../../shared/patterns/key-pattern.ts';

function patternOf(text: string): KeyPattern {
  const { pattern, problem } = readKeyPattern(text);
  if (pattern === undefined) throw new Error(problem.message);
  return pattern;
}

test.each([
  ['exports/{day}/_SUCCESS', 'exports/2026-11-22/_SUCCESS', { day: '2026-11-22' }],
  ['exports/{day}/_SUCCESS', 'exports/2026-11-22/more/_SUCCESS', undefined],
  ['exports/{day}/_SUCCESS', 'exports//_SUCCESS', undefined],
  ['exports/{day}/_SUCCESS', 'exports/d/_SUCCESS2', undefined],
  ['orders/{day}/*.csv', 'orders/d/a.csv', { day: 'd' }],
  ['orders/{day}/*.csv', 'orders/d/.csv', { day: 'd' }],
  ['orders/{day}/*.csv', 'orders/d/x/a.csv', undefined],
  ['orders/**', 'orders/d/x/a.csv', {}],
  ['orders/**/*.csv', 'orders/a.csv', {}],
  ['orders/**/*.csv', 'orders/x/y/a.csv', {}],
  ['orders/**/a.csv', 'orders/xa.csv', undefined],
  ['**/{day}.csv', 'x/y/z.csv', { day: 'z' }],
  ['**/{day}.csv', 'z.csv', { day: 'z' }],
  ['a**z', 'a/b/z', {}],
  ['part-????.gz', 'part-0001.gz', {}],
  ['part-????.gz', 'part-00/1.gz', undefined],
  ['{a}-{b}.csv', 'x-y-z.csv', { a: 'x', b: 'y-z' }],
  ['{a}_{b}_{a2}', 'x_y_z', { a: 'x', b: 'y', a2: 'z' }],
  ['{a}x', 'xx', { a: 'x' }],
  ['plain', 'plain', {}],
  ['plain', 'plain2', undefined],
  ['a.c', 'abc', undefined],
  ['{constructor}', 'x', { constructor: 'x' }],
])('%s binds %s to %j', (pattern, key, expected) => {
  expect(matchKey(patternOf(pattern), key)).toEqual(expected);
});

test.each([
  ['', 0, 'the key pattern is empty'],
  ['/x', 0, 'a key of S3 does not begin with /'],
  ['x/{day', 2, 'this `{` has no partner'],
  ['x/day}', 5, 'this `}` has no partner'],
  ['x/{}', 2, '`{}` does not name a parameter'],
  ['x/{a-b}', 2, '`{a-b}` does not name a parameter'],
  ['{a}/{a}', 4, '`{a}` stands in the pattern twice'],
  ['{a}{b}', 3, 'nothing tells where `{b}` begins'],
  ['*{b}', 1, 'nothing tells where `{b}` begins'],
  ['{a}*', 3, 'nothing tells where the parameter before `*` ends'],
  ['a***', 1, '`***` means nothing'],
])('%j is refused at %i: %s', (text, offset, message) => {
  expect(readKeyPattern(text).problem).toMatchObject({ offset, message });
});

/** The same with a regular expression, which may take for ever on longer keys. */
function byRegExp(pattern: KeyPattern, key: string): Record<string, string> | undefined {
  const source = pattern.tokens.map((token) => {
    if (token.type === 'text') return token.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (token.type === 'param') return `(?<${token.name}>[^/]+?)`;
    return { one: '[^/]', some: '[^/]*?', all: '[^]*?', segments: '(?:[^]*?/)??' }[token.type];
  });
  const match = new RegExp(`^${source.join('')}$`).exec(key);
  return match === null ? undefined : { ...match.groups };
}

test('patterns match like the equivalent regular expressions', () => {
  const part = fc.constantFrom('a', 'b', '/', '-', '*', '**', '**/', '?', '{x}', '{y}');
  const pattern = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const key = fc.array(fc.constantFrom('a', 'b', '/', '-'), { maxLength: 9 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(pattern, key, (text, key) => {
      const { pattern } = readKeyPattern(text);
      if (pattern !== undefined) expect(matchKey(pattern, key)).toEqual(byRegExp(pattern, key));
    }),
    { numRuns: 3000 },
  );
});

test('no key makes matching slow', () => {
  const pattern = patternOf(`${'*a'.repeat(200)}/**/${'*b'.repeat(200)}/{x}c`);
  const before = performance.now();
  expect(matchKey(pattern, `${'a'.repeat(500)}/${'b'.repeat(500)}/d`)).toBeUndefined();
  expect(performance.now() - before).toBeLessThan(2000);
});

test('finding the place of a mismatch is never slow', () => {
  const before = performance.now();
  expect(furthestMatch(patternOf(`${'?'.repeat(1_000)}/x`), 'a'.repeat(1_024))).toEqual({ upTo: 1_000, wanted: '/x' });
  expect(performance.now() - before).toBeLessThan(2000);
});

test('any text is a pattern or a problem, and any key matches or has a place of mismatch', () => {
  const part = fc.oneof(
    fc.constantFrom('a', '/', '*', '**', '**/', '?', '{x}', '{y}', '{', '}'),
    fc.string({ unit: 'binary' }),
  );
  const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.oneof(text, fc.string({ unit: 'binary' })), (text, key) => {
      const { pattern, problem } = readKeyPattern(text);
      if (pattern === undefined) {
        expect(problem.remedy).not.toBe('');
        return;
      }
      const { upTo, wanted } = furthestMatch(pattern, key);
      expect(upTo >= 0 && upTo <= key.length).toBe(true);
      if (wanted === 'the end of the key') expect(matchKey(pattern, key.slice(0, upTo))).toBeDefined();
      else expect(matchKey(pattern, key)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
