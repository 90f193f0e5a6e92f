import { type Check, field, type Place, report } from './diagnostic.ts';

export type Fields = { readonly [name: string]: unknown };

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields that an object may have, and their checks. */
export type Shape = {
  readonly fields: Readonly<Record<string, Check>>;
  /** Only in this query language. */
  readonly jsonPath?: Readonly<Record<string, Check>>;
  readonly jsonata?: Readonly<Record<string, Check>>;
  readonly required?: readonly string[];
  /** At most one field of each group. */
  readonly exclusive?: readonly (readonly string[])[];
};

/** Reports missing, unknown, conflicting and invalid fields of `value`. @returns whether it is an object at all */
export function checkShape(value: unknown, shape: Shape, place: Place): value is Fields {
  if (!isFields(value)) {
    report(place, 'Expected value of type Object');
    return false;
  }
  requireFields(value, shape.required ?? [], place);
  for (const group of shape.exclusive ?? []) atMostOne(value, group, place);
  const known = { ...shape.fields, ...(place.language === 'JSONata' ? shape.jsonata : shape.jsonPath) };
  for (const [name, each] of Object.entries(value)) {
    const check = Object.hasOwn(known, name) ? known[name] : undefined;
    if (check === undefined) report(place, unsupported(name, shape, place));
    else check(each, field(place, name));
  }
  return true;
}

function unsupported(name: string, shape: Shape, { language }: Place): string {
  const [other, known] = language === 'JSONata' ? ['JSONPath', shape.jsonPath] : ['JSONata', shape.jsonata];
  return known !== undefined && Object.hasOwn(known, name)
    ? `The QueryLanguage is set to '${language}', but field '${name}' is only supported for the '${other}' QueryLanguage`
    : `Field '${name}' is not supported`;
}

export function requireFields(value: Fields, names: readonly string[], place: Place): void {
  const missing = names.filter((name) => !Object.hasOwn(value, name));
  if (missing.length > 0) report(place, `These fields are required: [${missing.join(', ')}]`);
}

export function atMostOne(value: Fields, names: readonly string[], place: Place): void {
  const given = names.filter((name) => Object.hasOwn(value, name));
  if (given.length > 1) report(place, `There should only be one of the following fields: [${given.join(', ')}]`);
}

export function exactlyOne(value: Fields, names: readonly string[], place: Place): void {
  atMostOne(value, names, place);
  if (!names.some((name) => Object.hasOwn(value, name))) {
    report(place, `One of these fields is required: [${names.join(', ')}]`);
  }
}

export const nested =
  (shape: Shape): Check =>
  (value, place) =>
    void checkShape(value, shape, place);

/** A list whose items are each checked. `least` is its minimum length. */
export const listOf =
  (check: Check, least = 0): Check =>
  (value, place) => {
    if (!Array.isArray(value)) return report(place, 'Expected value of type Array');
    if (value.length < least) report(place, 'Value cannot be empty');
    for (const [index, each] of value.entries()) {
      check(each, { ...place, location: `${place.location}[${index}]` });
    }
  };
