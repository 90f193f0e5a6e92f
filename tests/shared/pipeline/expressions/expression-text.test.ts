import { expect, test } from 'vitest';
import { expressionText } from '../../../../shared/pipeline/expressions/expression-text.ts';

test.each([
  ['{% 1 + 1 %}', ' 1 + 1 '],
  ['{%%}', ''],
  ['{%}', undefined],
  [' {% 1 %}', undefined],
  ['a {% 1 %}', undefined],
  ['plain', undefined],
])('the expression in %j is %j', (value, text) => {
  expect(expressionText(value)).toBe(text);
});
