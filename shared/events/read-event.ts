import type * as z from 'zod/mini';

/** The event is not of the shape that its source documents. Retrying does not mend it: it belongs to the dead letters. */
export class UnreadableEvent extends Error {
  override readonly name = 'Gluewright.UnreadableEvent';
}

/** Unknown fields are let through: AWS adds some without notice. @throws {UnreadableEvent} with all that is wrong */
export function readEvent<Schema extends z.ZodMiniType>(schema: Schema, event: unknown): z.output<Schema> {
  const read = schema.safeParse(event);
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    (issue) => `${issue.path.join('.') || 'event'}: ${issue.message || issue.code}`,
  );
  throw new UnreadableEvent(problems.join('; '));
}
