import * as z from 'zod/mini';
import type { ServiceCall } from '../../calls/calls.ts';
import { type Json, present } from '../../json.ts';
import { described, field } from '../../reading/fields.ts';
import type { Found, Sensed } from './sensed.ts';

/** As it is written. */
export const sensedPartition = z.strictObject({
  partition: field(z.string().check(z.regex(/^[^.\s{}*]+\.[^.\s{}*]+$/)), {
    expected: 'a table of the Data Catalog, DATABASE.TABLE',
    remedy: 'write the names of the database and the table with a dot between them, such as sales.orders',
    examples: ['sales.orders'],
  }),
  values: described(
    'The value of each partition key, in the order of the table; may be expressions',
    z.array(z.string()).check(z.minLength(1)),
    [['2026', '{% $substring($interval.start, 5, 2) %}']],
  ),
});

const readValues = z.array(z.string()).check(z.minLength(1));
const answered = z.object({
  Partition: z.object({
    StorageDescriptor: z.optional(z.object({ Location: z.optional(z.string()) })),
    CreationTime: z.optional(z.date()),
  }),
});

/** A partition of a table in the Data Catalog. @param table `DATABASE.TABLE` */
export function sensePartition(table: string, values: Json): Sensed {
  const [DatabaseName = '', TableName = ''] = table.split('.');
  return {
    name: table,
    given: values,
    wanted: 'a list of texts, one for each partition key',
    look: lookForPartition(DatabaseName, TableName, values),
    found: (answer) => partitionIn(answer, table, values),
    uses: [
      { what: 'sensed-table', name: `${DatabaseName}/${TableName}` },
      { what: 'sensed-database', name: DatabaseName },
      { what: 'sensed-catalog', name: 'catalog' },
    ],
  };
}

function lookForPartition(
  DatabaseName: string,
  TableName: string,
  values: Json,
): ServiceCall<'glue:GetPartition'> | undefined {
  const PartitionValues = readValues.safeParse(values).data;
  return PartitionValues === undefined
    ? undefined
    : { call: 'glue:GetPartition', input: { DatabaseName, TableName, PartitionValues } };
}

function partitionIn(answer: unknown, table: string, values: Json): Found | undefined {
  const partition = answered.safeParse(answer).data?.Partition;
  if (partition === undefined) return undefined;
  const { StorageDescriptor, CreationTime } = partition;
  const rest = present({ location: StorageDescriptor?.Location, createdAt: CreationTime?.toISOString() });
  return { name: `${table} ${JSON.stringify(values)}`, output: { partition: table, values, ...rest } };
}
