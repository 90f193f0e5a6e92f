import { describe, expect, test } from 'vitest';
import { putResult } from '../../../../local/engine/jsonpath/result-path.ts';

describe('ResultPath', () => {
  test.each<[string | null | undefined, unknown, unknown]>([
    [undefined, { a: 1 }, 'R'],
    ['$', { a: 1 }, 'R'],
    [null, { a: 1 }, { a: 1 }],
    ['$.a', { a: 1, b: 2 }, { a: 'R', b: 2 }],
    ['$.c.d', { a: 1 }, { a: 1, c: { d: 'R' } }],
    ["$['c'].d", { c: { e: 1 } }, { c: { e: 1, d: 'R' } }],
    ['$.list[1].x', { list: [1, {}] }, { list: [1, { x: 'R' }] }],
  ])('%s puts the result into %j', (path, input, output) => {
    const before = structuredClone(input);
    expect(putResult(path, input, 'R')).toStrictEqual(output);
    expect(input).toStrictEqual(before);
  });

  test.each<[string, unknown]>([
    ['$.a.b', { a: 1 }],
    ['$.a', [1]],
    ['$.a', 'text'],
    ['$.a[3]', { a: [] }],
  ])('%s cannot be put into %j', (path, input) => {
    expect(() => putResult(path, input, 'R')).toThrow(
      expect.objectContaining({
        error: 'States.ResultPathMatchFailure',
        cause: `Unable to apply ReferencePath ${path} to input ${JSON.stringify(input)}`,
      }),
    );
  });
});
