import * as z from 'zod/mini';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import { catalogEntries, errorsOf, catalogName as name, parseCatalog as parse, tableInput } from './catalog-entries.ts';
import type { CatalogEntry, CatalogStore } from './catalog-store.ts';
import { partitionOperations } from './partition-operations.ts';

const databaseInput = z.looseObject({ Name: name });
const named = z.object({ Name: name });
const inDatabase = z.object({ DatabaseName: name });

/** The operations of the Data Catalog. Answers are not paginated, because a local catalog is small. */
export function catalogOperations(store: CatalogStore, now: () => number): Service['operations'] {
  const seconds = () => now() / 1_000;
  const entries = catalogEntries(store, seconds);
  const { found, added } = entries;

  function removeTable(database: string, table: string): void {
    found('table', [database, table]);
    store.remove([database, table]);
  }

  return {
    ...partitionOperations(store, entries),
    async CreateDatabase(input) {
      const { DatabaseInput } = parse(z.object({ DatabaseInput: databaseInput }), input);
      added('database', [DatabaseInput.Name], DatabaseInput);
    },
    async UpdateDatabase(input) {
      const { Name, DatabaseInput } = parse(z.object({ Name: name, DatabaseInput: databaseInput }), input);
      const { CreateTime } = found('database', [Name]);
      store.put('database', [Name], { ...DatabaseInput, Name, CreateTime });
    },
    async GetDatabase(input) {
      return { Database: found('database', [parse(named, input).Name]) };
    },
    async GetDatabases() {
      return { DatabaseList: store.list('database', []) };
    },
    async DeleteDatabase(input) {
      const { Name } = parse(named, input);
      found('database', [Name]);
      store.remove([Name]);
    },
    async CreateTable(input) {
      const { DatabaseName, TableInput } = parse(z.object({ DatabaseName: name, TableInput: tableInput }), input);
      found('database', [DatabaseName]);
      added('table', [DatabaseName, TableInput.Name], { ...TableInput, DatabaseName, VersionId: '0' });
    },
    async UpdateTable(input) {
      const { DatabaseName, TableInput } = parse(z.object({ DatabaseName: name, TableInput: tableInput }), input);
      const path = [DatabaseName, TableInput.Name];
      const { CreateTime, VersionId = '0' } = found('table', path);
      const { VersionId: expected = VersionId } = parse(z.object({ VersionId: z.optional(z.string()) }), input);
      if (expected !== VersionId) {
        const message = `Update table failed due to concurrent modifications: the version is ${String(VersionId)}`;
        throw new ServiceError('ConcurrentModificationException', message);
      }
      const next = { VersionId: String(Number(VersionId) + 1), UpdateTime: seconds() };
      store.put('table', path, { ...TableInput, DatabaseName, CreateTime, ...next });
    },
    async GetTable(input) {
      const { DatabaseName, Name } = parse(z.object({ DatabaseName: name, Name: name }), input);
      found('database', [DatabaseName]);
      return { Table: found('table', [DatabaseName, Name]) };
    },
    async GetTables(input) {
      const { DatabaseName } = parse(inDatabase, input);
      const { Expression } = parse(z.object({ Expression: z.optional(z.string()) }), input);
      found('database', [DatabaseName]);
      const tables = store.list('table', [DatabaseName]);
      return { TableList: Expression === undefined ? tables : tables.filter((table) => matches(table, Expression)) };
    },
    async DeleteTable(input) {
      const { DatabaseName, Name } = parse(z.object({ DatabaseName: name, Name: name }), input);
      removeTable(DatabaseName, Name);
    },
    async BatchDeleteTable(input) {
      const { DatabaseName } = parse(inDatabase, input);
      const { TablesToDelete } = parse(z.object({ TablesToDelete: z.array(name) }), input);
      const Errors = errorsOf(
        TablesToDelete,
        (TableName) => ({ TableName }),
        (table) => removeTable(DatabaseName, table),
      );
      return { Errors };
    },
  };
}

/** Glue matches a whole name. An invalid regular expression matches nothing. */
function matches({ Name }: CatalogEntry, expression: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`, 'i').test(String(Name));
  } catch {
    return false;
  }
}
