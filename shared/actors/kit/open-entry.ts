import type * as z from 'zod/mini';
import type { System } from '../../services/system.ts';

/** A kind of entry in the list of open items, and how the reconciler looks at one. */
export type OpenEntry = {
  readonly kind: string;
  readonly look: (system: System, entry: unknown) => Promise<void>;
};

/** Calls for it are denied. The reconciler counts it as failed and tries again. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** @param schema the entry's fields besides `kind` */
export function openEntry<Schema extends z.ZodMiniType>(
  kind: string,
  schema: Schema,
  look: (system: System, entry: z.output<Schema>) => Promise<void>,
): OpenEntry {
  return { kind, look: async (system, entry) => look(system, schema.parse(entry)) };
}
