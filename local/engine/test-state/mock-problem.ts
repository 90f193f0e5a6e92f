import { isJsonObject, type Json } from '../../../shared/json.ts';
import { type ResultShape, resultShape, type Shape } from './result-shape.ts';

export type ValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

/**
 * AWS's message about an invalid mocked result. Undefined if it is valid. `PRESENT` checks only the members that exist.
 */
export async function mockProblem(resource: string, result: Json, mode: ValidationMode): Promise<string | undefined> {
  const shape = mode === 'NONE' ? undefined : await resultShape(resource);
  if (shape === undefined) return undefined;
  const problem = createCheck(shape, mode)(result, shape.root, 'result');
  return problem === undefined ? undefined : `Mock result schema validation error: ${problem}`;
}

const articles = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  list: 'an array',
  map: 'an object',
  structure: 'an object',
  any: 'a value',
};

function createCheck({ shape }: ResultShape, mode: ValidationMode) {
  const problemIn = (value: Json, index: number, name: string): string | undefined => {
    const expected = shape(index);
    if (!isOfType(value, expected)) return `Field '${name}' must be ${articles[expected.type]}`;
    if (typeof value === 'string' || typeof value === 'number') return boundsProblem(value, expected, name);
    if (Array.isArray(value)) return first(value, (item: Json) => problemIn(item, expected.of ?? -1, name));
    if (!isJsonObject(value) || expected.type === 'any') return undefined;
    const missing = mode === 'STRICT' ? expected.required?.find((member) => value[member] === undefined) : undefined;
    if (missing !== undefined) return `Required field '${missing}' is missing`;
    return first(Object.entries(value), ([member, inner]) => {
      const known = expected.type === 'map' ? expected.of : expected.members?.[member];
      return known === undefined ? undefined : problemIn(inner, known, member);
    });
  };
  return problemIn;
}

function isOfType(value: Json, { type }: Shape): boolean {
  if (type === 'any') return true;
  if (type === 'list') return Array.isArray(value);
  return type === 'structure' || type === 'map' ? isJsonObject(value) : typeof value === type;
}

function boundsProblem(value: string | number, { min, max, values }: Shape, name: string): string | undefined {
  if (typeof value === 'number') {
    if (min !== undefined && value < min) return `Field '${name}' is less than the minimum value`;
    return max !== undefined && value > max ? `Field '${name}' exceeds the maximum value` : undefined;
  }
  if (values?.includes(value) === false) return `Field '${name}' is not an expected value`;
  if (min !== undefined && value.length < min) return `Field '${name}' is smaller than the minimum length`;
  return max !== undefined && value.length > max ? `Field '${name}' exceeds the maximum length` : undefined;
}

function first<T>(items: readonly T[], look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
