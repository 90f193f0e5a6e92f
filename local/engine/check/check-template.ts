import { intrinsicProblem, looksLikeIntrinsic } from '../intrinsics/parse-intrinsic.ts';
import { pathProblem } from '../jsonpath/parse-path.ts';
import { type Check, field, item, type Place, report, warn } from './diagnostic.ts';
import { expression, jsonataText } from './field-checks.ts';

/** Limit for nesting, deeper than any sensible 1 MB definition. Walking a hostile one must end. */
const maxDepth = 500;

/** A payload template (JSONPath) or JSON with expressions in it (JSONata). */
export const template: Check = (value, place) => walk(value, place, 0);

/** A template that is an object or, in JSONata, an expression. */
export const objectTemplate: Check = (value, place) => {
  const text = place.language === 'JSONata' && typeof value === 'string';
  if (!text && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    return report(place, 'Expected value of type Object');
  }
  walk(value, place, 0);
};

/** An object or an expression. */
export const argumentsTemplate: Check = (value, place) =>
  typeof value === 'string' ? expression(value, place) : objectTemplate(value, place);

function walk(value: unknown, place: Place, depth: number): void {
  if (typeof value === 'string' && place.language === 'JSONata') jsonataText(value, place);
  if (typeof value !== 'object' || value === null) return;
  if (depth > maxDepth) {
    report(place, 'The value is nested too deeply');
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) walk(each, item(place, index), depth + 1);
    return;
  }
  for (const [key, each] of Object.entries(value)) {
    if (place.language === 'JSONPath' && key.endsWith('.$')) dynamicField(key, each, value, place);
    else walk(each, field(place, key), depth + 1);
  }
}

function dynamicField(key: string, value: unknown, owner: object, place: Place): void {
  const problem =
    typeof value !== 'string' ? 'is no text' : looksLikeIntrinsic(value) ? intrinsicProblem(value) : pathProblem(value);
  if (problem !== undefined) {
    report(
      field(place, key),
      `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`,
    );
  }
  if (Object.hasOwn(owner, key.slice(0, -2))) {
    report(
      field(place, key),
      `The fields '${key.slice(0, -2)}' and '${key}' would have the same name`,
      'DUPLICATE_FIELD_NAME',
    );
  }
}

/** States Language: a variable's name is an identifier of at most 80 characters; `states` is reserved. */
const variableName = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

export const assign: Check = (value, place) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return report(place, 'Expected value of type Object');
  }
  for (const key of Object.keys(value)) {
    const name = place.language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key;
    // A published fixture has `top-level`. Only JSONPath states could read such a variable.
    if (!variableName.test(name)) {
      const tell = variableName.test(name.replaceAll('-', '_')) ? warn : report;
      tell(field(place, key), `'${name}' is not a valid variable name`);
    }
    if (name === 'states') report(field(place, key), "The variable name 'states' is reserved");
  }
  walk(value, place, 0);
};
