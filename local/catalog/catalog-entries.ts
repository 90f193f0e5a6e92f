import * as z from 'zod/mini';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { CatalogEntry, CatalogKind, CatalogStore } from './catalog-store.ts';

/** Glue stores names in lower case. */
export const catalogName = z.pipe(
  z.string().check(z.minLength(1), z.maxLength(255), z.regex(/^[^\p{Cc}]+$/u)),
  z.transform((text) => text.toLowerCase()),
);
export const tableInput = z.looseObject({
  Name: catalogName,
  PartitionKeys: z.optional(z.array(z.looseObject({ Name: z.string() }))),
});

/** Reads and adds entries, and throws Glue's errors. */
export interface CatalogEntries {
  found(kind: CatalogKind, path: readonly string[]): CatalogEntry;
  added(kind: CatalogKind, path: readonly string[], entry: CatalogEntry): void;
}

const words = { database: 'Database', table: 'Table', partition: 'Partition' } as const;

/** @param seconds the time in epoch seconds */
export function catalogEntries(store: CatalogStore, seconds: () => number): CatalogEntries {
  return {
    found(kind, path) {
      const entry = store.get(kind, path);
      if (entry !== undefined) return entry;
      throw new ServiceError('EntityNotFoundException', `${words[kind]} ${path.join('.')} not found.`);
    },
    added(kind, path, entry) {
      if (store.get(kind, path) !== undefined) {
        throw new ServiceError('AlreadyExistsException', `${path.join('.')} already exists.`);
      }
      const created = kind === 'partition' ? { CreationTime: seconds() } : { CreateTime: seconds() };
      store.put(kind, path, { ...entry, ...created });
    },
  };
}

/** Runs a batch operation, and collects Glue's error for each item that fails. */
export function errorsOf<T>(all: readonly T[], named: (one: T) => Record<string, unknown>, act: (one: T) => void) {
  return all.flatMap((one) => {
    try {
      act(one);
      return [];
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return [{ ...named(one), ErrorDetail: { ErrorCode: error.name, ErrorMessage: error.message } }];
    }
  });
}

export function parseCatalog<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}
