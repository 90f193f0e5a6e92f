import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ChoiceRule, evaluateChoiceRule } from '../../../../local/engine/choice/evaluate-choice-rule.ts';

const scope = {
  input: { s: 'b', n: 2, t: '2020-01-01T00:00:00Z', u: '2020-01-01T01:00:00+01:00', yes: true, nothing: null },
  context: { State: { Name: 'Here' } },
  variables: { limit: 2 },
};

describe('a rule', () => {
  test.each<[ChoiceRule, boolean]>([
    [{ Variable: '$.s', StringEquals: 'b' }, true],
    [{ Variable: '$.s', StringLessThan: 'a' }, false],
    [{ Variable: '$.s', StringGreaterThanEquals: 'a' }, true],
    [{ Variable: '$.s', NumericEquals: 2 }, false],
    [{ Variable: '$.n', NumericEqualsPath: '$limit' }, true],
    [{ Variable: '$.n', NumericLessThanEqualsPath: '$.s' }, false],
    [{ Variable: '$.t', TimestampEqualsPath: '$.u' }, true],
    [{ Variable: '$.t', TimestampLessThan: '2020-01-01T00:00:00.000000001Z' }, true],
    [{ Variable: '$.yes', BooleanEquals: true }, true],
    [{ Variable: '$.n', BooleanEquals: true }, false],
    [{ Variable: '$.nothing', IsNull: true }, true],
    [{ Variable: '$.n', IsNull: false }, true],
    [{ Variable: '$.t', IsTimestamp: true }, true],
    [{ Variable: '$.s', IsTimestamp: true }, false],
    [{ Variable: '$.none', IsPresent: false }, true],
    [{ Variable: '$.nothing', IsPresent: true }, true],
    [{ Variable: '$$.State.Name', StringMatches: 'H*e' }, true],
    [{ Not: { Variable: '$.n', IsString: true } }, true],
    [
      {
        And: [
          { Variable: '$.none', IsPresent: true },
          { Variable: '$.none', StringEquals: 'x' },
        ],
      },
      false,
    ],
    [
      {
        Or: [
          { Variable: '$.n', IsNumeric: true },
          { Variable: '$.none', StringEquals: 'x' },
        ],
      },
      true,
    ],
  ])('%j is %s', (rule, holds) => {
    expect(evaluateChoiceRule({ ...rule, Next: 'There' }, scope)).toBe(holds);
  });

  test.each<[ChoiceRule, string]>([
    [{ Variable: '$.none', StringEquals: 'x' }, '$.none'],
    [{ Variable: '$.none', IsNull: true }, '$.none'],
    [{ Variable: '$.s', StringEqualsPath: '$.none' }, '$.none'],
  ])('%j fails', (rule, where) => {
    expect(() => evaluateChoiceRule(rule, scope)).toThrow(
      expect.objectContaining({
        error: 'States.Runtime',
        cause: `Invalid path '${where}': The choice state's condition path references an invalid value.`,
      }),
    );
  });
});

type Case = {
  id: string;
  input: unknown;
  definition: {
    States: Record<
      string,
      { Type: string; Choices?: ChoiceRule[]; Default?: string; Result?: unknown; Parameters?: unknown }
    >;
  };
  expected: { output?: unknown };
};

test('every recorded operator decides as it did on AWS', (context) => {
  const folder = path.resolve('..', 'shared', 'asl-conformance', 'cases');
  if (!existsSync(folder)) return context.skip('no recordings beside the project');
  const wrong: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.startsWith('choice-operators'))) {
    const { id, input, definition, expected }: Case = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const state = Object.values(definition.States).find(({ Type }) => Type === 'Choice');
    const rule = state?.Choices?.find((each) => evaluateChoiceRule(each, { input, context: {}, variables: {} }));
    const next = definition.States[String(rule?.Next ?? state?.Default)];
    if (JSON.stringify(next?.Result ?? next?.Parameters) !== JSON.stringify(expected.output)) wrong.push(id);
  }
  expect(wrong).toEqual([]);
});
