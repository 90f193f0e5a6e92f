import { parseTimestamp } from '../choice/timestamp.ts';
import { intrinsicProblem, looksLikeIntrinsic, parseIntrinsic } from '../intrinsics/parse-intrinsic.ts';
import { expressionIn, expressionProblem, unsupportedReference } from '../jsonata/parse-expression.ts';
import { parsePath, pathProblem } from '../jsonpath/parse-path.ts';
import { isReferencePath } from '../jsonpath/path.ts';
import { type Check, fieldName, type Place, report } from './diagnostic.ts';

export const anything: Check = () => undefined;

export const isString: Check = (value, place) => {
  if (typeof value !== 'string') report(place, 'Expected value of type String');
};

export const isBoolean: Check = (value, place) => {
  if (typeof value !== 'boolean') report(place, 'Expected value of type Boolean');
};

export const oneOf =
  (...allowed: readonly string[]): Check =>
  (value, place) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      report(place, `The field '${fieldName(place)}' should have one of these values: [${allowed.join(', ')}]`);
    }
  };

/** A number within bounds or, in JSONata, an expression. */
export const number =
  (least: number, most: number = Number.MAX_SAFE_INTEGER, whole = true): Check =>
  (value, place) => {
    if (place.language === 'JSONata' && typeof value === 'string') return expression(value, place);
    if (typeof value !== 'number' || (whole && !Number.isInteger(value))) {
      return report(place, `Expected value of type ${whole ? 'Integer' : 'Number'}`);
    }
    const printed = (bound: number) => (whole ? String(bound) : bound.toFixed(1));
    if (value < least) report(place, `Minimum value is ${printed(least)}`);
    if (value > most) report(place, `Maximum value is ${printed(most)}`);
  };

/** `{% … %}` and nothing else. */
export const expression: Check = (value, place) => {
  if (typeof value !== 'string' || expressionIn(value) === undefined) {
    return report(place, 'Value is not a JSONata expression: it must begin with {% and end with %}');
  }
  jsonataText(value, place);
};

/** Any string. In JSONata, one that starts or ends like an expression must be one. */
export function jsonataText(value: string, place: Place): void {
  const inside = expressionIn(value);
  if (inside === undefined) {
    if (value.startsWith('{%') || value.endsWith('%}')) {
      report(place, 'A JSONata expression must begin with {% and end with %}, with nothing around them');
    }
    return;
  }
  const problem = expressionProblem(inside);
  if (problem === undefined) return;
  if (problem.code === unsupportedReference) report(place, problem.message, 'UNSUPPORTED_JSONATA_EXPRESSION');
  else {
    report(place, problem.message, 'INVALID_JSONATA_EXPRESSION');
  }
}

/** A string that may be an expression. */
export const textOrExpression: Check = (value, place) => {
  if (typeof value !== 'string') return report(place, 'Expected value of type String');
  if (place.language === 'JSONata') jsonataText(value, place);
};

export const path: Check = (value, place) => {
  if (typeof value !== 'string') return report(place, 'Value is not a valid JSONPath');
  const problem = pathProblem(value);
  if (problem !== undefined) report(place, `Value is not a valid JSONPath: ${problem}`);
};

export const pathOrNull: Check = (value, place) => {
  if (value !== null) path(value, place);
};

/** States Language, Fail state: a path or one of the functions that return a text. */
export const pathOrText: Check = (value, place) => {
  if (typeof value !== 'string' || !looksLikeIntrinsic(value)) return path(value, place);
  const problem = intrinsicProblem(value);
  if (problem !== undefined) return report(place, `Value is not a valid intrinsic function call: ${problem}`);
  const { name } = parseIntrinsic(value);
  if (!returningText.has(name)) report(place, `${name} does not return a String`);
};

const returningText = new Set([
  'States.Format',
  'States.JsonToString',
  'States.ArrayGetItem',
  'States.Base64Encode',
  'States.Base64Decode',
  'States.Hash',
  'States.UUID',
]);

/** ResultPath: a single location within the input. */
export const resultPath: Check = (value, place) => {
  if (value === null) return;
  const good = typeof value === 'string' && pathProblem(value) === undefined && isReferencePath(parsePath(value));
  if (!good) report(place, 'Value is not a Reference Path');
};

export const timestamp: Check = (value, place) => {
  if (place.language === 'JSONata' && typeof value === 'string' && expressionIn(value) !== undefined) {
    return jsonataText(value, place);
  }
  if (typeof value !== 'string' || parseTimestamp(value) === undefined) {
    report(place, 'String does not match RFC3339 timestamp');
  }
};
