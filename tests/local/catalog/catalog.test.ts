import { DatabaseSync } from 'node:sqlite';
import {
  BatchCreatePartitionCommand,
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteTableCommand,
  GetDatabasesCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  GlueClient,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { beforeEach, describe, expect, test } from 'vitest';
import { catalogOperations } from '../../../local/catalog/catalog-operations.ts';
import { openCatalogStore } from '../../../local/catalog/catalog-store.ts';
import { answer } from '../../../local/wire/answer.ts';
import { embeddedRequestHandler } from '../../../local/wire/embedded-request-handler.ts';

const now = Date.UTC(2026, 10, 22);
let glue: GlueClient;
beforeEach(async () => {
  const operations = catalogOperations(openCatalogStore(new DatabaseSync(':memory:')), () => now);
  glue = new GlueClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: embeddedRequestHandler({ json: { AWSGlue: { operations } } }),
    maxAttempts: 1,
  });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'Sales', Description: 'all of it' } }));
});

const orders = {
  Name: 'Orders',
  PartitionKeys: [{ Name: 'day', Type: 'string' }],
  StorageDescriptor: { Location: 's3://lake/orders/', Columns: [{ Name: 'id', Type: 'bigint' }] },
};

describe('the local catalog', () => {
  test('keeps tables as given, with names in lower case', async () => {
    await glue.send(new CreateTableCommand({ DatabaseName: 'SALES', TableInput: orders }));
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }));
    expect(Table).toEqual({
      ...orders,
      Name: 'orders',
      VersionId: '0',
      DatabaseName: 'sales',
      CreateTime: new Date(now),
    });
    const { DatabaseList } = await glue.send(new GetDatabasesCommand({}));
    expect(DatabaseList).toEqual([{ Name: 'sales', Description: 'all of it', CreateTime: new Date(now) }]);
  });

  test('finds tables by expression, within one database', async () => {
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'sales2' } }));
    await glue.send(new CreateTableCommand({ DatabaseName: 'sales2', TableInput: { Name: 'orders' } }));
    for (const Name of ['orders', 'order_lines', 'people']) {
      await glue.send(new CreateTableCommand({ DatabaseName: 'sales', TableInput: { Name } }));
    }
    const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: 'sales', Expression: 'order.*' }));
    expect(TableList.map(({ Name }) => Name).sort()).toEqual(['order_lines', 'orders']);
  });

  test('adds partitions once, and rejects those that do not fit', async () => {
    await glue.send(new CreateTableCommand({ DatabaseName: 'sales', TableInput: orders }));
    const add = (...PartitionInputList: { Values: string[] }[]) =>
      glue.send(new BatchCreatePartitionCommand({ DatabaseName: 'sales', TableName: 'orders', PartitionInputList }));
    expect((await add({ Values: ['2026-11-22'] })).Errors).toEqual([]);
    const { Errors = [] } = await add({ Values: ['2026-11-22'] }, { Values: ['2026-11-23'] }, { Values: ['a', 'b'] });
    expect(Errors.map(({ ErrorDetail }) => ErrorDetail?.ErrorCode)).toEqual([
      'AlreadyExistsException',
      'InvalidInputException',
    ]);
    const { Partitions = [] } = await glue.send(
      new GetPartitionsCommand({ DatabaseName: 'sales', TableName: 'orders' }),
    );
    expect(Partitions.map(({ Values }) => Values)).toEqual([['2026-11-22'], ['2026-11-23']]);
  });

  test('updates and deletes tables together with their partitions', async () => {
    await expect(
      glue.send(new UpdateTableCommand({ DatabaseName: 'sales', TableInput: orders })),
    ).rejects.toMatchObject({ name: 'EntityNotFoundException' });
    await glue.send(new CreateTableCommand({ DatabaseName: 'sales', TableInput: orders }));
    await expect(
      glue.send(new CreateTableCommand({ DatabaseName: 'sales', TableInput: orders })),
    ).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await glue.send(new UpdateTableCommand({ DatabaseName: 'sales', TableInput: { ...orders, Description: 'new' } }));
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }));
    expect(Table).toMatchObject({ Description: 'new', UpdateTime: new Date(now), VersionId: '1' });
    const stale = { DatabaseName: 'sales', TableInput: orders, VersionId: '0' };
    await expect(glue.send(new UpdateTableCommand(stale))).rejects.toMatchObject({
      name: 'ConcurrentModificationException',
    });
    await glue.send(new DeleteTableCommand({ DatabaseName: 'sales', Name: 'orders' }));
    await expect(
      glue.send(new GetPartitionsCommand({ DatabaseName: 'sales', TableName: 'orders' })),
    ).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  });
});

test.each([
  ['GetCallerIdentity', 200, '<Account>000000000000</Account>'],
  ['AssumeRole', 400, 'AssumeRole is not supported locally'],
])('STS: %s is answered with %s', async (action, status, text) => {
  const response = await answer(
    { json: {} },
    {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new TextEncoder().encode(`Action=${action}&Version=2011-06-15`),
    },
  );
  expect(response.status).toBe(status);
  expect(new TextDecoder().decode(response.body)).toContain(text);
});
