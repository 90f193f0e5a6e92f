import * as z from 'zod/mini';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import type { CatalogEntry, CatalogKind, CatalogStore } from './catalog-store.ts';

/** Glue keeps names in lower case. */
const name = z.pipe(
  z.string().check(z.minLength(1), z.maxLength(255), z.regex(/^[^\p{Cc}]+$/u)),
  z.transform((text) => text.toLowerCase()),
);
const values = z.array(z.string().check(z.regex(/^[^\p{Cc}]*$/u)));
const databaseInput = z.looseObject({ Name: name });
const tableInput = z.looseObject({
  Name: name,
  PartitionKeys: z.optional(z.array(z.looseObject({ Name: z.string() }))),
});
const partitionInput = z.looseObject({ Values: values });
const inTable = z.object({ DatabaseName: name, TableName: name });

/** The operations of the Data Catalog. Answers are not cut into pages: a local catalog is small. */
export function catalogOperations(store: CatalogStore, now: () => number): Service['operations'] {
  function found(kind: CatalogKind, path: readonly string[], what: string): CatalogEntry {
    const entry = store.get(kind, path);
    if (entry === undefined) throw new ServiceError('EntityNotFoundException', `${what} ${path.join('.')} not found.`);
    return entry;
  }

  function added(kind: CatalogKind, path: readonly string[], entry: CatalogEntry): void {
    if (store.get(kind, path) !== undefined) {
      throw new ServiceError('AlreadyExistsException', `${path.join('.')} already exists.`);
    }
    store.put(kind, path, {
      ...entry,
      ...(kind === 'partition' ? { CreationTime: seconds() } : { CreateTime: seconds() }),
    });
  }

  const seconds = () => now() / 1_000;

  return {
    async CreateDatabase(input) {
      const { DatabaseInput } = parse(z.object({ DatabaseInput: databaseInput }), input);
      added('database', [DatabaseInput.Name], DatabaseInput);
    },
    async GetDatabase(input) {
      return { Database: found('database', [parse(z.object({ Name: name }), input).Name], 'Database') };
    },
    async GetDatabases() {
      return { DatabaseList: store.list('database', []) };
    },
    async DeleteDatabase(input) {
      const { Name } = parse(z.object({ Name: name }), input);
      found('database', [Name], 'Database');
      store.remove([Name]);
    },
    async CreateTable(input) {
      const { DatabaseName, TableInput } = parse(z.object({ DatabaseName: name, TableInput: tableInput }), input);
      found('database', [DatabaseName], 'Database');
      added('table', [DatabaseName, TableInput.Name], { ...TableInput, DatabaseName });
    },
    async UpdateTable(input) {
      const { DatabaseName, TableInput } = parse(z.object({ DatabaseName: name, TableInput: tableInput }), input);
      const path = [DatabaseName, TableInput.Name];
      const { CreateTime } = found('table', path, 'Table');
      store.put('table', path, { ...TableInput, DatabaseName, CreateTime, UpdateTime: seconds() });
    },
    async GetTable(input) {
      const { DatabaseName, Name } = parse(z.object({ DatabaseName: name, Name: name }), input);
      found('database', [DatabaseName], 'Database');
      return { Table: found('table', [DatabaseName, Name], 'Table') };
    },
    async GetTables(input) {
      const { DatabaseName, Expression } = parse(
        z.object({ DatabaseName: name, Expression: z.optional(z.string()) }),
        input,
      );
      found('database', [DatabaseName], 'Database');
      const tables = store.list('table', [DatabaseName]);
      return { TableList: Expression === undefined ? tables : tables.filter((table) => matches(table, Expression)) };
    },
    async DeleteTable(input) {
      const { DatabaseName, Name } = parse(z.object({ DatabaseName: name, Name: name }), input);
      found('table', [DatabaseName, Name], 'Table');
      store.remove([DatabaseName, Name]);
    },
    async GetPartitions(input) {
      const { DatabaseName, TableName } = parse(inTable, input);
      const { Expression } = parse(z.object({ Expression: z.optional(z.string()) }), input);
      if (Expression !== undefined && Expression !== '') {
        throw new ServiceError('InvalidInputException', 'GetPartitions takes no Expression locally');
      }
      found('table', [DatabaseName, TableName], 'Table');
      return { Partitions: store.list('partition', [DatabaseName, TableName]) };
    },
    async BatchCreatePartition(input) {
      const { DatabaseName, TableName } = parse(inTable, input);
      const { PartitionInputList } = parse(z.object({ PartitionInputList: z.array(partitionInput) }), input);
      const keys = tableInput.parse(found('table', [DatabaseName, TableName], 'Table')).PartitionKeys ?? [];
      const Errors = PartitionInputList.flatMap((partition) => {
        try {
          if (partition.Values.length !== keys.length) {
            throw new ServiceError('InvalidInputException', `the table has ${keys.length} partition keys`);
          }
          const path = [DatabaseName, TableName, ...partition.Values];
          added('partition', path, { ...partition, DatabaseName, TableName });
          return [];
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
          const ErrorDetail = { ErrorCode: error.name, ErrorMessage: error.message };
          return [{ PartitionValues: partition.Values, ErrorDetail }];
        }
      });
      return { Errors };
    },
  };
}

/** Glue matches a whole name. An expression that is no regular expression matches nothing. */
function matches({ Name }: CatalogEntry, expression: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`, 'i').test(String(Name));
  } catch {
    return false;
  }
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}
