import * as z from 'zod/mini';
import { ServiceError } from './service-error.ts';

/** Parses an operation's input. @throws {ServiceError} by default a ValidationException that names the member */
export function parseInput<T extends z.ZodMiniType>(
  schema: T,
  input: unknown,
  error = 'ValidationException',
): z.infer<T> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ServiceError(error, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid input'}`);
}
