import * as z from 'zod/mini';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import { type CatalogEntries, catalogName, errorsOf, parseCatalog, tableInput } from './catalog-entries.ts';
import type { CatalogStore } from './catalog-store.ts';

const values = z.array(z.string().check(z.regex(/^[^\p{Cc}]*$/u)));
const partition = z.looseObject({ Values: values });
const inTable = z.object({ DatabaseName: catalogName, TableName: catalogName });
const one = z.object({ PartitionValues: values });

/** The operations on partitions of Data Catalog tables. */
export function partitionOperations(store: CatalogStore, { found, added }: CatalogEntries): Service['operations'] {
  function tableOf(input: unknown): { readonly path: readonly string[]; readonly keys: number } {
    const { DatabaseName, TableName } = parseCatalog(inTable, input);
    const path = [DatabaseName, TableName];
    return { path, keys: (tableInput.parse(found('table', path)).PartitionKeys ?? []).length };
  }

  function add(input: unknown, entry: z.infer<typeof partition>): void {
    const { path, keys } = tableOf(input);
    if (entry.Values.length !== keys) {
      throw new ServiceError('InvalidInputException', `the table has ${keys} partition keys`);
    }
    const [DatabaseName, TableName] = path;
    added('partition', [...path, ...entry.Values], { ...entry, DatabaseName, TableName });
  }

  function remove(input: unknown, given: readonly string[]): void {
    const path = [...tableOf(input).path, ...given];
    found('partition', path);
    store.remove(path);
  }

  return {
    async GetPartitions(input) {
      const { Expression = '' } = parseCatalog(z.object({ Expression: z.optional(z.string()) }), input);
      if (Expression !== '') {
        throw new ServiceError('InvalidInputException', 'GetPartitions does not support Expression locally');
      }
      return { Partitions: store.list('partition', tableOf(input).path) };
    },
    async GetPartition(input) {
      const { PartitionValues } = parseCatalog(one, input);
      return { Partition: found('partition', [...tableOf(input).path, ...PartitionValues]) };
    },
    async BatchGetPartition(input) {
      const { PartitionsToGet } = parseCatalog(z.object({ PartitionsToGet: z.array(partition) }), input);
      const { path } = tableOf(input);
      const known = PartitionsToGet.map(({ Values }) => ({
        Values,
        entry: store.get('partition', [...path, ...Values]),
      }));
      return {
        Partitions: known.flatMap(({ entry }) => entry ?? []),
        UnprocessedKeys: known.flatMap(({ Values, entry }) => (entry === undefined ? [{ Values }] : [])),
      };
    },
    async CreatePartition(input) {
      add(input, parseCatalog(z.object({ PartitionInput: partition }), input).PartitionInput);
    },
    async BatchCreatePartition(input) {
      const { PartitionInputList } = parseCatalog(z.object({ PartitionInputList: z.array(partition) }), input);
      tableOf(input);
      const named = ({ Values }: z.infer<typeof partition>) => ({ PartitionValues: Values });
      return { Errors: errorsOf(PartitionInputList, named, (entry) => add(input, entry)) };
    },
    async UpdatePartition(input) {
      const { PartitionValueList, PartitionInput } = parseCatalog(
        z.object({ PartitionValueList: values, PartitionInput: partition }),
        input,
      );
      remove(input, PartitionValueList);
      add(input, PartitionInput);
    },
    async DeletePartition(input) {
      remove(input, parseCatalog(one, input).PartitionValues);
    },
    async BatchDeletePartition(input) {
      const { PartitionsToDelete } = parseCatalog(z.object({ PartitionsToDelete: z.array(partition) }), input);
      const named = ({ Values }: z.infer<typeof partition>) => ({ PartitionValues: Values });
      return { Errors: errorsOf(PartitionsToDelete, named, ({ Values }) => remove(input, Values)) };
    },
  };
}
