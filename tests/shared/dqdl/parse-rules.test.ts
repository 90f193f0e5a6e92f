import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRules, RulesRefused } from '../../../shared/dqdl/parse-rules.ts';

test.each([
  ['RowCount > 0', { type: 'RowCount', parameters: [], condition: { is: 'compare', operator: '>' } }],
  ['IsComplete "id"', { type: 'IsComplete', parameters: ['id'] }],
  ['IsPrimaryKey "a" "b"', { parameters: ['a', 'b'] }],
  ['Completeness "c" between 0.5 and 1', { condition: { is: 'between', from: { value: 0.5 }, to: { value: 1 } } }],
  ['ColumnValues "c" in ["x", "y", NULL]', { condition: { is: 'in', not: false, operands: [{}, {}, { is: 'null' }] } }],
  ['ColumnValues "c" not in [1, -2]', { condition: { is: 'in', not: true, operands: [{ value: 1 }, { value: -2 }] } }],
  ['ColumnValues "c" matches "[a-z]*" with threshold > 0.9', { threshold: { operator: '>', operand: { value: 0.9 } } }],
  ['ColumnValues "d" > (now() - 3 days)', { condition: { operand: { is: 'ago', seconds: 259_200 } } }],
  ['DataFreshness "d" <= 24 hours', { condition: { operand: { is: 'duration', seconds: 86_400 } } }],
  ['CustomSql "select count(*) from primary" = 3', { parameters: ['select count(*) from primary'] }],
  ['RowCount > 1 where "a = \\"x\\""', { where: 'a = "x"' }],
])('%s is one rule', (text, expected) => {
  const [rule, ...others] = parseRules(`Rules = [ ${text} ]`);
  expect(others).toEqual([]);
  expect(rule).toMatchObject({ is: 'check', text, ...expected });
});

test('rules are joined by `and` or `or`, also in brackets, and comments and analyzers are skipped', () => {
  const rules = parseRules(`
    # the orders
    Rules = [
      (IsComplete "a") and (RowCount > 1),
      IsUnique "b" or IsUnique "c" or IsUnique "d",
    ]
    Analyzers = [ Completeness "x" ]
  `);
  expect(rules.map((rule) => [rule.is, 'rules' in rule ? rule.rules.length : 0])).toEqual([
    ['all', 2],
    ['any', 3],
  ]);
});

test.each([
  ['', 'there is no rule: write `Rules = [ RowCount > 0 ]`'],
  ['RowCount > 0', 'line 1: expected `Rules = [ … ]`, but found RowCount'],
  ['Rules = [\n  RowCount >\n]', 'line 3: expected a number or a text, but found ]'],
  ['Rules = [ RowCount > 0 ', 'line 1: expected `,` or `]`, but found the end'],
  ['Rules = [ RowCount > 0 ; ]', 'line 1: cannot read ; ]'],
])('%j is refused with the line and the expected text', (text, message) => {
  expect(() => parseRules(text)).toThrow(new RulesRefused(message));
});

test('any text is either read or refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseRules(`Rules = [ ${text} ]`);
      } catch (error) {
        expect(error).toBeInstanceOf(RulesRefused);
      }
    }),
  );
});
