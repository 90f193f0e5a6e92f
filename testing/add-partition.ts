import {
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  type GlueClient,
} from '@aws-sdk/client-glue';
import { NotSimulated } from './not-simulated.ts';

/** Adds a partition such as `sales.orders/2026/01` to the local catalog, with its database and table if they are missing. */
export async function addPartition(glue: GlueClient, partition: string): Promise<void> {
  const [, DatabaseName, Name, values = ''] = /^([^./]+)\.([^./]+)\/(.+)$/.exec(partition) ?? [];
  if (DatabaseName === undefined || Name === undefined) {
    throw new NotSimulated(`partitions: ${partition} is no partition such as sales.orders/2026/01`);
  }
  const Values = values.split('/');
  const PartitionKeys = Values.map((_, at) => ({ Name: `key${at + 1}`, Type: 'string' }));
  await unlessThere(glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } })));
  await unlessThere(glue.send(new CreateTableCommand({ DatabaseName, TableInput: { Name, PartitionKeys } })));
  await glue.send(new CreatePartitionCommand({ DatabaseName, TableName: Name, PartitionInput: { Values } }));
}

async function unlessThere(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AlreadyExistsException')) throw error;
  }
}
