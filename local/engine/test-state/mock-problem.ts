import { isJsonObject, type Json } from '../../../shared/json.ts';
import { resultShapes, type Shape } from './result-shape.ts';

export type ValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

/** What is wrong with a mocked result, as AWS says it; undefined: nothing. `PRESENT` looks only at what is there. */
export function mockProblem(resource: string, result: Json, mode: ValidationMode): string | undefined {
  const named = /^arn:[^:]+:states:::(.*?)(?:\.waitForTaskToken|\.sync(?::2)?)?$/.exec(resource)?.[1];
  const shape = named === undefined ? undefined : resultShapes[named];
  if (mode === 'NONE' || shape === undefined) return undefined;
  const problem = problemIn(result, shape, 'result', mode);
  return problem === undefined ? undefined : `Mock result schema validation error: ${problem}`;
}

const articles = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  list: 'an array',
  structure: 'an object',
};

function problemIn(value: Json, shape: Shape, name: string, mode: ValidationMode): string | undefined {
  const wrong = `Field '${name}' must be ${articles[shape.type]}`;
  switch (shape.type) {
    case 'structure': {
      if (!isJsonObject(value)) return wrong;
      const { members, required = [] } = shape;
      const missing = mode === 'STRICT' ? required.find((member) => value[member] === undefined) : undefined;
      if (missing !== undefined) return `Required field '${missing}' is missing`;
      return first(Object.entries(value), ([member, inner]) => {
        const known = members[member];
        return known === undefined ? undefined : problemIn(inner, known, member, mode);
      });
    }
    case 'list':
      if (!Array.isArray(value)) return wrong;
      return first(value, (item: Json) => problemIn(item, shape.of, name, mode));
    case 'number':
      if (typeof value !== 'number') return wrong;
      if (shape.min !== undefined && value < shape.min) return `Field '${name}' is less than the minimum value`;
      return shape.max !== undefined && value > shape.max ? `Field '${name}' exceeds the maximum value` : undefined;
    case 'string':
      if (typeof value !== 'string') return wrong;
      if (shape.min !== undefined && value.length < shape.min) {
        return `Field '${name}' is smaller than the minimum length`;
      }
      return shape.values?.includes(value) === false ? `Field '${name}' is not an expected value` : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrong;
  }
}

function first<T>(items: readonly T[], look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
