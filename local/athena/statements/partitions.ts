import { unescaped } from '../../crawls/find-tables.ts';
import { type Answer, type Context, done, existingTable, fullName, listing, QueryFailed } from './context.ts';
import { folderAddress } from './folder-address.ts';
import type { AddedPartition, TableName } from './split-statement.ts';

/** Adds the folders `key=value` below the table that are not yet in the catalog as partitions. */
export function repair(table: TableName, context: Context): Answer {
  const { database, name } = fullName(table, context);
  const { StorageDescriptor, PartitionKeys } = existingTable(database, name, context);
  const address = folderAddress(StorageDescriptor.Location ?? '');
  if (address === undefined) throw new QueryFailed(`table ${database}.${name} has no location in S3`);
  const { bucket, key } = address;
  const keys = context.data.s3.list(bucket, key).map((file) => file.key);
  const folders = new Set(keys.map((each) => each.slice(key.length).split('/').slice(0, -1).join('/')));
  const partitions = [...folders].flatMap((folder): AddedPartition[] => {
    const pairs = folder.split('/').map((part) => part.split('='));
    const isPartition =
      pairs.length === PartitionKeys.length &&
      pairs.every(([one], at) => one?.toLowerCase() === PartitionKeys[at]?.Name);
    if (!isPartition) return [];
    const values = Object.fromEntries(
      pairs.map(([one = '', ...rest]) => [one.toLowerCase(), unescaped(rest.join('='))]),
    );
    return [{ values, location: `s3://${bucket}/${key}${folder}/` }];
  });
  return addPartitions(table, partitions, context);
}

export function addPartitions(table: TableName, partitions: readonly AddedPartition[], context: Context): Answer {
  const { database, name } = fullName(table, context);
  const { StorageDescriptor, PartitionKeys } = existingTable(database, name, context);
  const { catalog, now } = context.data;
  for (const { values, location } of partitions) {
    const ordered = PartitionKeys.map((key) => values[key.Name] ?? '');
    const path = [database, name, ...ordered];
    if (catalog.get('partition', path) !== undefined) continue;
    const folder = PartitionKeys.map((key, at) => `${key.Name}=${ordered[at]}`).join('/');
    const Location = location ?? `${StorageDescriptor.Location?.replace(/\/$/, '')}/${folder}/`;
    catalog.put('partition', path, {
      DatabaseName: database,
      TableName: name,
      Values: ordered,
      CreationTime: now() / 1_000,
      StorageDescriptor: { ...StorageDescriptor, Location },
    });
  }
  return done;
}

export function showPartitions(table: TableName, context: Context): Answer {
  const { database, name } = fullName(table, context);
  const keys = existingTable(database, name, context).PartitionKeys;
  const entries = context.data.catalog.list('partition', [database, name]);
  const values = entries.map(({ Values }): readonly unknown[] => (Array.isArray(Values) ? Values : []));
  return listing(values.map((each) => keys.map((key, at) => `${key.Name}=${each[at]}`).join('/')));
}
