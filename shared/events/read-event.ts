import type * as z from 'zod/mini';

/** The event does not have the shape that its source documents. Retrying cannot help: it becomes a dead letter. */
export class UnreadableEvent extends Error {
  override readonly name = 'Gluewright.UnreadableEvent';
}

/** Ignores unknown fields, since AWS adds some without notice. @throws {UnreadableEvent} with every problem */
export function readEvent<Schema extends z.ZodMiniType>(schema: Schema, event: unknown): z.output<Schema> {
  const read = schema.safeParse(event);
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    (issue) => `${issue.path.join('.') || 'event'}: ${issue.message || issue.code}`,
  );
  throw new UnreadableEvent(problems.join('; '));
}
