import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateIntrinsic } from '../../../../local/engine/intrinsics/evaluate-intrinsic.ts';
import { intrinsicProblem } from '../../../../local/engine/intrinsics/parse-intrinsic.ts';

const chance = { random: () => 0.5, uuid: () => 'an-id' };
const scope = {
  input: { a: [1, 2, 3], s: 'x', o: { k: [1, 'y', null] } },
  context: { Name: 'N' },
  variables: { n: 4 },
};
const evaluate = (text: string) => evaluateIntrinsic(text, scope, chance);

describe('an intrinsic function', () => {
  test.each<[string, unknown]>([
    ["States.Format('{} is {}', $.s, 1.5)", 'x is 1.5'],
    ["States.Format('{}', $.o)", '{k=[1, y, null]}'],
    ["States.Format('\\{\\} {} it\\'s \\\\', null)", "{} null it's \\"],
    ['States.Array(1, true, null, $.s, $$.Name, $n)', [1, true, null, 'x', 'N', 4]],
    ['States.Array()', []],
    ['States.ArrayPartition($.a, 2)', [[1, 2], [3]]],
    ['States.ArrayContains($.a, 3)', true],
    ['States.ArrayContains(States.Array($.o), States.StringToJson(\'{"k":[1,"y",null]}\'))', true],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.a, 0)', 1],
    ['States.ArrayLength($.a)', 3],
    ["States.ArrayUnique(States.Array(1, 1, '1', null, null, $.o, $.o))", [1, '1', null, { k: [1, 'y', null] }]],
    ["States.Base64Encode('é')", 'w6k='],
    ["States.Base64Decode('w6k=')", 'é'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.JsonMerge($.o, States.StringToJson(\'{"k":1}\'), false)', { k: 1 }],
    ["States.StringToJson('')", null],
    ['States.JsonToString($.o)', '{"k":[1,"y",null]}'],
    ['States.MathRandom(1, 9)', 5],
    ['States.MathAdd(1.5, -1)', 1],
    ["States.StringSplit(',,a+b,', ',+')", ['a', 'b']],
    ['States.UUID()', 'an-id'],
    ['States.MathAdd( States.ArrayLength( $.a[?(@ > 1)] ) , -1 )', 1],
  ])('%s is %j', (text, value) => {
    expect(evaluate(text)).toStrictEqual(value);
  });

  test('gives the same random number for the same seed', () => {
    expect(evaluate('States.MathRandom(0, 1000000, 42)')).toBe(evaluate('States.MathRandom(0, 1000000, 42)'));
    expect(evaluate('States.MathRandom(0, 1000000, 42)')).not.toBe(evaluate('States.MathRandom(0, 1000000, 43)'));
  });

  test.each([
    'States.ArrayGetItem($.a, 3)',
    'States.ArrayPartition($.a, 0)',
    'States.ArrayRange(0, 1, 0)',
    'States.ArrayRange(0, 5000, 1)',
    'States.ArrayLength($.s)',
    "States.MathAdd('1', 2)",
    "States.Format('{}')",
    "States.StringToJson('{')",
    "States.Hash('a', 'CRC')",
    "States.Base64Decode('*')",
    'States.JsonMerge($.o, $.o, true)',
    'States.MathRandom(2, 1)',
  ])('%s fails', (text) => {
    expect(() => evaluate(text)).toThrow(
      expect.objectContaining({
        error: 'States.IntrinsicFailure',
        cause: expect.stringMatching(/^The function 'States\..*' had the following error: ./),
      }),
    );
  });

  test('fails when a path among its arguments finds nothing', () => {
    expect(() => evaluate('States.Array($.none)')).toThrow(
      `The function 'States.Array($.none)' had the following error: The JsonPath argument for the field '$.none' could not be found in the input '${JSON.stringify(scope.input)}'`,
    );
  });
});

describe('a text is no call', () => {
  test.each([
    'States.Xyz($.a)',
    'States.UUID',
    'States.UUID(1)',
    "States.Format('{}', $.a",
    "States.Format('{}' $.a)",
    'States.Array(a)',
    'States.Array(1) x',
    "States.Array('x)",
    ' States.UUID()',
    'States.toString()',
  ])('%s', (text) => {
    expect(intrinsicProblem(text)).toBeTypeOf('string');
  });

  test('or it is read: no text makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        intrinsicProblem(`States.Array(${text}`);
      }),
    );
  });
});
