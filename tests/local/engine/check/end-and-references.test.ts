import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../../../../local/engine/check/check-definition.ts';
import { topLevelReference } from '../../../../local/engine/jsonata/top-level-reference.ts';

const problems = (definition: object) => checkDefinition(definition, { type: 'STANDARD' });

describe('a machine without an end', () => {
  const loop = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } };
  const missing = { severity: 'ERROR', code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' };

  test('is reported without a location', () => {
    expect(problems({ StartAt: 'A', States: loop })).toEqual([missing]);
  });

  test('is reported along with a missing target, but not with an unreachable state', () => {
    const codes = problems({ StartAt: 'A', States: { ...loop, C: { Type: 'Pass', Next: 'D' } } }).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['MISSING_TRANSITION_TARGET', 'MISSING_END_STATE']);
  });

  test.each([{ Type: 'Succeed' }, { Type: 'Fail' }, { Type: 'Wait', Seconds: 1, End: true }])(
    'is not one with %j',
    (end) => {
      const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'End' }], Default: 'A' };
      expect(problems({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'C' }, C: choice, End: end } })).toEqual([]);
    },
  );
});

describe('a reference without a source', () => {
  test.each([
    ['phone', 'phone'],
    ['phone.number', 'phone'],
    ['1 + phone', 'phone'],
    ['$x ? phone : 1', 'phone'],
    ['[1, {"a": phone}]', 'phone'],
    ['$sum(numbers)', 'numbers'],
    ['($y := phone; $y)', 'phone'],
    ['$$', '$$'],
    ['$$.a', '$$'],
  ])('%s reads %s', (expression, name) => {
    expect(topLevelReference(jsonata(expression).ast())).toBe(name);
  });

  test.each([
    '$states.input.phone',
    '$states.input[phone = 1].(name & "x")',
    '$map($states.input, function($v) { name })',
    '$states.input.{"a": phone}',
    '$states.input^(phone)',
    '"phone"',
    '$x ~> |a|{"b": c}|',
  ])('%s reads nothing', (expression) => {
    expect(topLevelReference(jsonata(expression).ast())).toBeUndefined();
  });

  test.each([
    ['{% phone %}', 'UNSUPPORTED_JSONATA_EXPRESSION'],
    ['{% $ + %}', 'INVALID_JSONATA_EXPRESSION'],
  ])('%s is rejected as %s', (Output, code) => {
    const pass = { Type: 'Pass', End: true, Output };
    const found = problems({ QueryLanguage: 'JSONata', StartAt: 'P', States: { P: pass } });
    expect(found).toMatchObject([{ code, location: '/States/P/Output' }]);
  });
});
