import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { find } from '../../../../local/engine/jsonpath/find.ts';
import { parsePath, pathProblem } from '../../../../local/engine/jsonpath/parse-path.ts';

const input = {
  store: {
    book: [
      { title: 'A', price: 8, tags: ['x'] },
      { title: 'B', price: 12, isbn: '1' },
      { title: 'C', price: 22, isbn: null },
    ],
    'odd name': { 'a.b': true },
  },
  empty: [],
  '@type': { $id: 'x=y' },
  zero: 0,
};
const scope = { input, context: { State: { Name: 'S' } }, variables: { v: { list: [1, [2]] } } };
const at = (path: string) => find(parsePath(path), scope);

describe('a path finds', () => {
  test.each<[string, unknown]>([
    ['$', input],
    ['$.zero', 0],
    ['$.store.book[0].title', 'A'],
    ['$.store.book[-1].title', 'C'],
    ["$.store['odd name']['a.b']", true],
    ['$["store"]["book"][1]["price"]', 12],
    ['$.store.book[2].isbn', null],
    ['$.store.book[*].title', ['A', 'B', 'C']],
    ['$.store.book[:2].price', [8, 12]],
    ['$.store.book[-2:].price', [12, 22]],
    ['$.store.book[0,2].price', [8, 22]],
    ["$.store.book[0]['title','price']", { title: 'A', price: 8 }],
    ["$.store.book[0]['title','none']", { title: 'A' }],
    ["$.store.book[:2]['title','isbn']", [{ title: 'A' }, { title: 'B', isbn: '1' }]],
    ["$['store','empty'].book[0].title", ['A']],
    ['$..title', ['A', 'B', 'C']],
    ['$.store..price', [8, 12, 22]],
    ['$.store.book[?(@.price < 20 && @.price > 10)].title', ['B']],
    ["$.store.book[?(@.title == 'A' || @.title == 'C')].price", [8, 22]],
    ['$.store.book[?(!(@.isbn))].title', ['A']],
    ['$.store.book[?(@.isbn)].title', ['B', 'C']],
    ["$.store.book[?(@.title in ['B'])].price", [12]],
    ['$.store.book[?(@.price > $.zero)].title', ['A', 'B', 'C']],
    ["$.store.book[?(@.tags contains 'x')].title", ['A']],
    ['$.store.book[?(@.title =~ /[ab]/i)].title', ['A', 'B']],
    ['$.store.book[?(@.title =~ /(A+)+/)].title', ['A']],
    ['$.@type.$id', 'x=y'],
    ['$.store.book.length()', 3],
    ['$.store.book[*].price.sum()', 42],
    ['$$.State.Name', 'S'],
    ['$v.list', [1, [2]]],
    ['$v.list[*]', [1, [2]]],
    ['$.none.none[*].none', []],
    ['$.none[1:]', []],
    ['$.empty[*]', []],
  ])('%s', (path, value) => {
    expect(at(path)).toStrictEqual({ found: true, value });
  });

  test.each([
    ['$.none', "No results for path: $['none']"],
    ['$.none.x', "Missing property in path $['none']"],
    ['$.store.none', "No results for path: $['store']['none']"],
    ['$.store.book[7]', "No results for path: $['store']['book'][7]"],
    ['$.constructor', "No results for path: $['constructor']"],
    ['$w', 'No results for path: $w'],
  ])('nothing at %s, and says why', (path, why) => {
    expect(at(path)).toStrictEqual({ found: false, why });
  });
});

test('a path that would visit the same values for ever finds nothing', () => {
  let deep: unknown = {};
  for (let depth = 0; depth < 200; depth += 1) deep = { a: deep };
  const path = `$${'..a'.repeat(100)}`;
  expect(find(parsePath(path), { ...scope, input: deep })).toEqual({
    found: false,
    why: `Too many results for path: ${path}`,
  });
});

test('a regular expression that would run for ever is stopped', () => {
  const list = Array.from({ length: 100 }, () => `${'a'.repeat(40)}b`);
  expect(find(parsePath('$[?(@ =~ /(a+)+/)]'), { ...scope, input: list })).toMatchObject({ found: false });
});

describe('a text is no path', () => {
  test.each([
    '',
    'a',
    '$.',
    '$..',
    '$.a[',
    "$.a['b]",
    '$.a[?(@.b ==)]',
    '$.a b',
    '$a..[',
    '$[]',
    '$.a[1:2:x]',
    '$.a.constructor()',
  ])('%j', (text) => {
    expect(pathProblem(text)).toBeTypeOf('string');
  });

  test('or it is read: no text makes the reader throw', () => {
    const piece = fc.constantFrom('$', '.', '[', ']', "'", '*', '?(', '@', ')', ':', '0', 'a', '..', '&&', '==', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => `$${pieces.join('')}`),
        ),
        (text) => {
          if (pathProblem(text) === undefined) find(parsePath(text), scope);
        },
      ),
    );
  });
});
