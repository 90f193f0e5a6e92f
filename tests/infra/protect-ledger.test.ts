import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { protectLedger } from '../../infra/protect-ledger.ts';

const cloudformation = mockClient(CloudFormationClient);
const dynamodb = mockClient(DynamoDBClient);
const TableName = 'acme-dev-Ledger-1ABC';

beforeEach(() => {
  cloudformation.reset();
  dynamodb.reset();
  cloudformation.on(DescribeStackResourceCommand, { StackName: 'acme-dev', LogicalResourceId: 'Ledger' }).resolves({
    StackResourceDetail: {
      LogicalResourceId: 'Ledger',
      PhysicalResourceId: TableName,
      ResourceType: 'AWS::DynamoDB::Table',
      LastUpdatedTimestamp: new Date(0),
      ResourceStatus: 'CREATE_COMPLETE',
    },
  });
});

test.each([
  { before: false, calls: [{ TableName, DeletionProtectionEnabled: true }] },
  { before: true, calls: [] },
])('the ledger is protected from deletion after a deployment, if it was $before before', async ({ before, calls }) => {
  dynamodb
    .on(DescribeTableCommand, { TableName })
    .resolves({ Table: { TableName, DeletionProtectionEnabled: before } });
  dynamodb.on(UpdateTableCommand).resolves({});
  expect(await protectLedger({ region: 'eu-west-1' }, 'acme-dev')).toBe(!before);
  expect(dynamodb.commandCalls(UpdateTableCommand).map(({ args }) => args[0].input)).toEqual(calls);
});
