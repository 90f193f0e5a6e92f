import * as z from 'zod/mini';
import { ServiceError } from './service-error.ts';

/** Parses an operation's input. @throws {ServiceError} a ValidationException by default, in AWS's words */
export function parseInput<T extends z.ZodMiniType>(
  schema: T,
  input: unknown,
  error = 'ValidationException',
): z.infer<T> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const { issues } = result.error;
  const problems = issues.map((issue) => problemOf(issue, input)).join('; ');
  const count = `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected`;
  throw new ServiceError(error, `${count}: ${problems}`);
}

function problemOf(issue: z.core.$ZodIssue, input: unknown): string {
  const path = issue.path.map(String).join('.');
  const value = issue.path.reduce(memberOf, input);
  const shown = value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraintOf(issue, value)}`;
}

function memberOf(value: unknown, name: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function constraintOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'Member must not be null';
  const texts = issue.code === 'too_small' || issue.code === 'too_big' ? issue.origin !== 'number' : false;
  const quantity = texts ? 'have length' : 'have value';
  switch (issue.code) {
    case 'too_small':
      return `Member must ${quantity} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must ${quantity} less than or equal to ${issue.maximum}`;
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
    case 'invalid_type':
      return `Member must be of type ${issue.expected}`;
    default:
      return issue.message;
  }
}
