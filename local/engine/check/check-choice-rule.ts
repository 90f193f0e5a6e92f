import { comparisons, typeTests } from '../choice/operators.ts';
import { assign, template } from './check-template.ts';
import { type Check, field, type Place, report } from './diagnostic.ts';
import { expression, isBoolean, isString, number, path, timestamp } from './field-checks.ts';
import { checkShape, exactlyOne, type Fields, isFields, listOf, requireFields } from './object-fields.ts';

/** A top-level rule of `Choices`, which has a `Next`. */
export const choiceRule: Check = (value, place) => {
  if (place.language === 'JSONata') return jsonataRule(value, place);
  if (!isFields(value)) return report(place, 'Expected value of type Object');
  requireFields(value, ['Next'], place);
  rule(value, place, { Next: isString, Assign: assign }, 0);
};

const jsonataRule: Check = (value, place) => {
  const condition: Check = (given, at) => (typeof given === 'boolean' ? undefined : expression(given, at));
  const fields = { Condition: condition, Next: isString, Assign: assign, Output: template, Comment: isString };
  checkShape(value, { fields, required: ['Condition', 'Next'] }, place);
};

/** `And`, `Or`, `Not` with nested rules. These have no `Next`. */
const part =
  (depth: number): Check =>
  (value, place) => {
    if (!isFields(value)) return report(place, 'Expected value of type Object');
    if (depth > maxDepth) return report(place, 'The rules are nested too deeply');
    rule(value, place, {}, depth);
  };

/** Limit for nesting, deeper than any readable rule. */
const maxDepth = 100;
const combinators = ['And', 'Or', 'Not'];
const operators: Readonly<Record<string, Check>> = operatorChecks();

function rule(value: Fields, place: Place, extra: Readonly<Record<string, Check>>, depth: number): void {
  const heads = ['Variable', ...combinators];
  exactlyOne(value, heads, place);
  const [one, several] = [part(depth + 1), listOf(part(depth + 1), 1)];
  const known = { And: several, Or: several, Not: one, ...operators, ...extra, Variable: path, Comment: isString };
  for (const [name, each] of Object.entries(value)) {
    const check = Object.hasOwn(known, name) ? Reflect.get(known, name) : undefined;
    if (check === undefined) report(place, `Field '${name}' is not supported`);
    else check(each, field(place, name));
  }
  const given = Object.keys(value).filter((name) => Object.hasOwn(operators, name));
  if (Object.hasOwn(value, 'Variable') && given.length !== 1) {
    report(place, `Exactly one comparison operator is required, but found [${given.join(', ')}]`);
  }
  if (!Object.hasOwn(value, 'Variable') && given.length > 0) {
    report(place, 'A comparison operator needs the field Variable');
  }
}

function operatorChecks(): Record<string, Check> {
  const checks: [string, Check][] = Object.keys(comparisons).flatMap((name): [string, Check][] =>
    name === 'StringMatches'
      ? [[name, isString]]
      : [
          [name, operandCheck(name)],
          [`${name}Path`, path],
        ],
  );
  for (const name of [...Object.keys(typeTests), 'IsPresent']) checks.push([name, isBoolean]);
  return Object.fromEntries(checks);
}

function operandCheck(operator: string): Check {
  if (operator.startsWith('Numeric')) return number(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false);
  if (operator.startsWith('Timestamp')) return timestamp;
  return operator.startsWith('Boolean') ? isBoolean : isString;
}
