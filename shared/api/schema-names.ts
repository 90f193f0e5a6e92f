import * as z from 'zod/mini';
import type { Operation } from './kit/operation.ts';

/** The shape of every refusal. */
export const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  problems: z.array(z.string()),
  remedy: z.exactOptional(z.string()),
});

/** Schemas with a name of their own in the description: answers and bodies of operations. */
export function schemaNames(operations: readonly Operation[]): readonly (readonly [string, z.core.$ZodType])[] {
  const found = new Map<z.core.$ZodType, string>([[problemShape, 'Problem']]);
  for (const { name, body, answers } of operations) {
    const title = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
    if (!found.has(answers.shape)) found.set(answers.shape, `${title}Answer`);
    if (body !== undefined && !found.has(body)) found.set(body, `${title}Request`);
  }
  return [...found].map(([shape, name]) => [name, shape] as const);
}
