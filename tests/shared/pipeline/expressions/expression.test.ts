import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readExpression } from '../../../../shared/pipeline/expressions/expression.ts';

/** The reads, as `of.name.field`. */
function reads(text: string): string[] {
  return readExpression(text).reads.map(({ of, name, field }) =>
    [of, name, field].filter((part) => part !== undefined).join('.'),
  );
}

test.each([
  ['$params.day', ['params.day']],
  ['$params', ['params']],
  ['$tasks.a.output.rows', ['tasks.a.output']],
  ['$tasks."a b".output', ['tasks.a b.output']],
  ['$tasks.`a-b`.output', ['tasks.a-b.output']],
  ['$tasks.a-b.output', ['tasks.a']],
  ['($tasks).a', ['tasks']],
  ['$tasks[0].a', ['tasks']],
  ['$tasks.*', ['tasks']],
  ['$tasks.(a)', ['tasks']],
  ['$tasks.a.output[x > $params.y]', ['params.y', 'tasks.a.output']],
  ['a^($params.x)', ['params.x']],
  ['a{$params.k: $params.v}', ['params.k', 'params.v']],
  ['$run.id ~> $uppercase', ['run.id']],
  ['$map(a, function($v) { $v.b & $interval.end })', ['interval.end']],
  ['($f := function($x) { $params.z }; $f(1))', ['params.z']],
  ['a ~> | b | {"c": $params.d} |', ['params.d']],
  ['$x', []],
])('%s reads %j', (text, expected) => {
  expect(reads(text).sort()).toEqual(expected);
});

test.each([
  ['$exists($tasks.a.output)', ['a']],
  ['$exists($tasks.a.output.rows) and $exists($tasks.`b-c`.output)', ['a', 'b-c']],
  ['$exists($tasks.a)', []],
  ['$exists($params.a) ? $tasks.a.output', []],
])('%s guards %j', (text, expected) => {
  expect([...readExpression(text).guarded].sort()).toEqual(expected);
});

test('no text makes it throw, and every problem is within the text', () => {
  const words = [
    '$tasks',
    '.',
    'a',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '$',
    ':=',
    ';',
    'function',
    '"',
    '/',
    '^',
    '|',
    '~>',
    '?',
    ':',
    '@',
    '#',
    '%',
    '*',
    '1',
  ];
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...words)).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (text) => {
      for (const { offset } of [...readExpression(text).problems, ...readExpression(text).reads]) {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 1500 },
  );
});
