import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { followPlainPath, plainPathOf } from '../../../../local/engine/jsonata/plain-path.ts';

describe('a plain path', () => {
  test.each([
    '$a.b[0]',
    '$a.b[]',
    '$a.*',
    '$a.(b)',
    '$a.b{c: d}',
    '$',
    '$.a',
    '$$.a',
    'a.b',
    '$a.b^(c)',
    '$a@$x.b',
    '$a#$i.b',
    '$a.%',
  ])('is not %s', (text) => {
    let ast: unknown;
    try {
      ast = jsonata(text).ast();
    } catch {
      return; // It does not even parse.
    }
    expect(plainPathOf(ast)).toBeUndefined();
  });

  test('is followed to what JSONata finds', async () => {
    const name = fc.constantFrom('a', 'b', 'c d');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, 0, '', false, 'x'),
        fc.dictionary(name, tie('value'), { noNullPrototype: true }),
        fc.array(tie('value'), { maxLength: 2 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(value, fc.array(name, { maxLength: 4 }), async (document, names) => {
        const expression = jsonata(['$doc', ...names.map((each) => `\`${each}\``)].join('.'));
        const path = plainPathOf(expression.ast());
        if (path === undefined) throw new Error('not recognized');
        const followed = followPlainPath(path, { doc: document });
        if (!followed.found) return;
        expect(followed.value).toEqual(await expression.evaluate(undefined, { doc: document }));
      }),
    );
  });
});
