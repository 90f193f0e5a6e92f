import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../../../local/engine/data/payload-template.ts';
import { PathFailure } from '../../../../local/engine/jsonpath/state-failure.ts';

const chance = { random: () => 0.5, uuid: () => 'an-id' };
const scope = {
  input: { a: { b: [1, 2, 3] }, text: 'x' },
  context: { State: { Name: 'Here' } },
  variables: { x: { y: 7 } },
};

describe('a payload template', () => {
  test('has its fields replaced at any depth, and nothing else', () => {
    const template = {
      'a.$': '$.a.b[1:]',
      list: [{ 'x.$': '$x.y' }, '$.text'],
      'id.$': 'States.UUID()',
      's.$': '$$.State',
    };
    expect(fillTemplate(template, scope, chance)).toStrictEqual({
      a: [2, 3],
      list: [{ x: 7 }, '$.text'],
      id: 'an-id',
      s: { Name: 'Here' },
    });
  });

  test('fails with the field and what was searched', () => {
    expect(() => fillTemplate({ 'v.$': '$.none' }, { ...scope, input: { a: 1 } }, chance)).toThrow(
      new PathFailure(`The JSONPath '$.none' specified for the field 'v.$' could not be found in the input '{"a":1}'`),
    );
  });
});
