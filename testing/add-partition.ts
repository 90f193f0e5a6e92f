import {
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  type GlueClient,
} from '@aws-sdk/client-glue';
import { NotSimulated } from './not-simulated.ts';

export type Partition = { readonly database: string; readonly table: string; readonly values: readonly string[] };

/**
 * Parses partitions such as `sales.orders/2026/01`.
 *
 * @throws {NotSimulated}
 */
export function readPartitions(texts: readonly string[]): readonly Partition[] {
  const keysOf = new Map<string, number>();
  return texts.map((text) => {
    const [, database, table, joined = ''] = /^([^./]+)\.([^./]+)\/(.+)$/.exec(text) ?? [];
    if (database === undefined || table === undefined) {
      throw new NotSimulated(`partitions: ${text} is not a partition such as sales.orders/2026/01`);
    }
    const values = joined.split('/');
    const keys = keysOf.get(`${database}.${table}`) ?? values.length;
    if (keys !== values.length) {
      throw new NotSimulated(`partitions: ${text} has ${values.length} values, but others of its table have ${keys}`);
    }
    keysOf.set(`${database}.${table}`, keys);
    return { database, table, values };
  });
}

/** Adds a partition to the local catalog. Creates its database and table if they are missing. */
export async function addPartition(
  glue: GlueClient,
  { database: DatabaseName, table: Name, values }: Partition,
): Promise<void> {
  const PartitionKeys = values.map((_, at) => ({ Name: `key${at + 1}`, Type: 'string' }));
  await unlessThere(glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } })));
  await unlessThere(glue.send(new CreateTableCommand({ DatabaseName, TableInput: { Name, PartitionKeys } })));
  const PartitionInput = { Values: [...values] };
  await glue.send(new CreatePartitionCommand({ DatabaseName, TableName: Name, PartitionInput }));
}

async function unlessThere(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AlreadyExistsException')) throw error;
  }
}
