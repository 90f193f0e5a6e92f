import { find } from '../jsonpath/find.ts';
import { parsePath } from '../jsonpath/parse-path.ts';
import type { Scope } from '../jsonpath/scope.ts';
import { PathFailure } from '../jsonpath/state-failure.ts';
import { type Comparison, comparisons, typeTests } from './operators.ts';

/** A rule of a JSONPath Choice: `And`, `Or`, `Not` with nested rules, or `Variable` with one operator. */
export type ChoiceRule = { readonly [field: string]: unknown };

const byName: Readonly<Record<string, Comparison>> = comparisons;
const testByName: Readonly<Record<string, (variable: unknown) => boolean>> = typeTests;

/**
 * Whether a rule holds. And and Or stop as soon as the result is certain. Throws PathFailure (States.Runtime) when
 * `Variable` or a `…Path` finds nothing, except with IsPresent.
 */
export function evaluateChoiceRule(rule: ChoiceRule, scope: Scope): boolean {
  if (Array.isArray(rule.And)) return rule.And.every((part: ChoiceRule) => evaluateChoiceRule(part, scope));
  if (Array.isArray(rule.Or)) return rule.Or.some((part: ChoiceRule) => evaluateChoiceRule(part, scope));
  if (isRule(rule.Not)) return !evaluateChoiceRule(rule.Not, scope);
  const variable = String(rule.Variable);
  for (const [operator, value] of Object.entries(rule)) {
    const holds = evaluateOperator(operator, value, variable, scope);
    if (holds !== undefined) return holds;
  }
  return false;
}

const isRule = (value: unknown): value is ChoiceRule => typeof value === 'object' && value !== null;

/** Undefined if the field is not an operator (`Variable`, `Next`, `Assign`, `Comment`, …). */
function evaluateOperator(operator: string, value: unknown, variable: string, scope: Scope): boolean | undefined {
  if (operator === 'IsPresent') return find(parsePath(variable), scope).found === value;
  if (Object.hasOwn(testByName, operator)) return testByName[operator]?.(read(variable, scope)) === value;
  if (Object.hasOwn(byName, operator)) return byName[operator]?.(read(variable, scope), value);
  const name = operator.endsWith('Path') ? operator.slice(0, -'Path'.length) : '';
  if (!Object.hasOwn(byName, name) || typeof value !== 'string') return undefined;
  return byName[name]?.(read(variable, scope), read(value, scope));
}

function read(path: string, scope: Scope): unknown {
  const result = find(parsePath(path), scope);
  if (result.found) return result.value;
  throw new PathFailure(`Invalid path '${path}': The choice state's condition path references an invalid value.`);
}
