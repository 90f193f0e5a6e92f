import { describe, expect, test } from 'vitest';
import { find } from '../../../../local/engine/jsonpath/find.ts';
import { parsePath, pathProblem } from '../../../../local/engine/jsonpath/parse-path.ts';

const at = (path: string, input: unknown) => find(parsePath(path), { input, context: {}, variables: {} });

describe('as Jayway’s JsonPath has it', () => {
  test.each<[string, unknown, unknown]>([
    ['$..[?(@.p<9)]', { items: [{ p: 5 }, { p: 50 }], own: { p: 1 } }, [{ p: 5 }, { p: 1 }]],
    ['$.x[?(@.a==@.b)]', { x: [{}, { a: 1, b: 1 }] }, [{ a: 1, b: 1 }]],
    ['$.x[?(@.a!=@.b)]', { x: [{}, { a: 1, b: 1 }] }, [{}]],
    ['$.x[?(@.k==42)]', { x: [{ k: 42 }, { k: '42' }, { k: 'x' }] }, [{ k: 42 }, { k: '42' }]],
    ["$.x[?(@.k in ['42'])]", { x: [{ k: 42 }] }, [{ k: 42 }]],
    ['$.x[?(@.k === 1)]', { x: [{ k: 1 }, { k: '1' }] }, [{ k: 1 }]],
    ['$.x[?(@.k !== 1)]', { x: [{ k: 1 }, { k: '1' }] }, [{ k: '1' }]],
    ["$..['a','b']", { x: { a: 1, b: 2 }, y: { a: 1 } }, [{ a: 1, b: 2 }]],
    [String.raw`$.x[?(@.k == "\u0041\n")]`, { x: [{ k: 'A\n' }] }, [{ k: 'A\n' }]],
    ['$.a.length()', { a: 'hello' }, null],
    [' $.a ', { a: 1 }, 1],
    ['$.a[0]InstanceId', { a: ['first'] }, 'first'],
  ])('%s of %j is %j', (path, input, value) => {
    expect(at(path, input)).toEqual({ found: true, value });
  });

  test('a filter with an unquoted word is deployed, and fails when it is read', () => {
    expect(pathProblem('$.a[?(@.s==Failure)]')).toBeUndefined();
    expect(at('$.a[?(@.s==Failure)]', { a: [] })).toMatchObject({
      found: false,
      why: expect.stringContaining('Failure'),
    });
  });

  test.each(['$.a b', '$.a[0](', '$.a[0]]', '$.a[?(@.s==)]'])('%s is no path', (path) => {
    expect(pathProblem(path)).toBeDefined();
  });
});
