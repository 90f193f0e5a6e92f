import { describe, expect, test } from 'vitest';
import { createEvaluator } from '../../../../local/engine/jsonata/evaluate.ts';
import { QueryEvaluationError } from '../../../../local/engine/jsonata/query-evaluation-error.ts';

const evaluator = createEvaluator({ now: () => 1_000_000_000_000, random: () => 0.25, uuid: () => 'an-id' });
const bindings = {
  states: { input: { a: [1, 2], one: [7], many: Array.from({ length: 50_000 }, (_, index) => index) } },
  day: 'monday',
};

async function causeOf(expression: string): Promise<string> {
  try {
    return `no error, but ${JSON.stringify(await evaluator.evaluate(expression, bindings, 'Output'))}`;
  } catch (thrown) {
    return thrown instanceof QueryEvaluationError ? thrown.cause : String(thrown);
  }
}

describe('an expression', () => {
  test.each<[string, unknown]>([
    ['$states.input.a', [1, 2]],
    ['$day & "!"', 'monday!'],
    ['$states.input.one', [7]],
    ['$states.input.a[$ > 1]', 2],
    ['null', null],
    ['$partition([1, 2, 3], 2)', [[1, 2], [3]]],
    ['$range(1, 10, 3)', [1, 4, 7, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$hash("a", "SHA-1")', '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ['$parse("{\\"a\\": [1]}").a', [1]],
    ['$uuid()', 'an-id'],
    ['$random()', 0.25],
    ['$random(4) = $random(4)', true],
    ['$shuffle([1, 2, 3])', [2, 3, 1]],
    ['$now()', '2001-09-09T01:46:40.000Z'],
    ['$millis()', 1_000_000_000_000],
    ['$now("[Y]")', '2001'],
    ['$replace("abc", /b/, "x") & $now("[Y]")', 'axc2001'],
    ['$toMillis("2020", "[Y]")', 1_577_836_800_000],
    ['$count([1..600].($ * 2))', 600],
    ['1 / 0', 'Infinity'],
    ['{"a": [-1 / 0]}', { a: ['-Infinity'] }],
    ['0 / 0', 'NaN'],
  ])('%s is %j', async (expression, expected) => {
    expect(await evaluator.evaluate(expression, bindings, 'Output')).toStrictEqual(expected);
  });

  test.each([
    ['$states.input.x', 'returned nothing (undefined).'],
    ['$states.input.constructor', 'returned nothing (undefined).'],
    ['$states.__proto__', 'returned nothing (undefined).'],
    ['$lookup($states, "const" & "ructor")', 'returned nothing (undefined).'],
    ['function($x){$x}', 'returned an unsupported result type.'],
    ['{"a": $sum}', 'returned an unsupported result type.'],
    ['|$states.input|{"itself": $}|', 'returned an unsupported result type.'],
    ['"a" + 1', 'threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number'],
    ['$error("boo")', 'threw an error during evaluation. D3137: boo'],
    ['$eval("1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
  ])('%s says why it has no value', async (expression, why) => {
    expect(await causeOf(expression)).toBe(
      `The JSONata expression '${expression}' specified for the field 'Output' ${why}`,
    );
  });

  test.each([
    '($f := function($x){$f($x)}; $f(1))',
    '($f := function($x){$f($x) + 1}; $f(1))',
    '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", /^(a+)+$/)',
    '($f := function($a, $n){$n = 0 ? $a : $f($append($a, $a), $n - 1)}; $count($f([1, 2, 3, 4], 40)))',
    '($f := function($s, $n){$n = 0 ? $s : $f($s & $s, $n - 1)}; $length($f("abcdefgh", 40)))',
    '$states.input.many.($states.input.many)',
    '$map($states.input.many, function(){$states.input.many})',
    '$string([1..10000000])',
  ])('%s is cut off', async (expression) => {
    expect(await causeOf(expression)).toMatch(/U1001/);
    expect(await evaluator.evaluate('$replace("b", /b/, "still alive")', bindings, 'Output')).toBe('still alive');
  });

  test('may run at the same time as itself', async () => {
    const values = await Promise.all([1, 2, 3].map((n) => evaluator.evaluate('$sum([1..$n])', { n }, 'Output')));
    expect(values).toEqual([1, 3, 6]);
  });
});

describe('a template', () => {
  test('has its expressions replaced, wherever they stand, and nothing else', async () => {
    const template = { a: ['{% 1 + 1 %}', { b: '{%$day%}' }], c: 'not {% this %}', d: null };
    expect(await evaluator.evaluateTemplate(template, bindings, 'Output')).toStrictEqual({
      a: [2, { b: 'monday' }],
      c: 'not {% this %}',
      d: null,
    });
  });

  test('names the place of an error', async () => {
    await expect(evaluator.evaluateTemplate({ a: { b: '{% $nothing %}' } }, bindings, 'Output')).rejects.toMatchObject({
      cause: "The JSONata expression '$nothing' specified for the field 'Output/a/b' returned nothing (undefined).",
    });
  });
});
