import type * as z from 'zod/mini';
import type { System } from '../services/system.ts';

/** A kind of entry in the list of what is open, and how the reconciler looks at one. */
export type OpenEntry = {
  readonly kind: string;
  readonly look: (system: System, entry: unknown) => Promise<void>;
};

/** Calls about it are denied. It is waited for, and counted with what could not be looked after. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** @param schema of the entry, besides its `kind` */
export function openEntry<Schema extends z.ZodMiniType>(
  kind: string,
  schema: Schema,
  look: (system: System, entry: z.output<Schema>) => Promise<void>,
): OpenEntry {
  return { kind, look: async (system, entry) => look(system, schema.parse(entry)) };
}
