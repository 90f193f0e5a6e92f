import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  DescribeStackResourceCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { ledgerId } from '../shared/deploy/resources/ledger-table.ts';

/**
 * Protects the ledger from deletion, once the stack is there. In the template, the protection would keep CloudFormation
 * from rolling back a first deployment that fails.
 *
 * @returns whether it was not protected before
 */
export async function protectLedger(config: CloudFormationClientConfig, StackName: string): Promise<boolean> {
  const asked = new DescribeStackResourceCommand({ StackName, LogicalResourceId: ledgerId });
  const { StackResourceDetail } = await new CloudFormationClient(config).send(asked);
  const TableName = StackResourceDetail?.PhysicalResourceId;
  const dynamodb = new DynamoDBClient({ ...config });
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  if (Table?.DeletionProtectionEnabled === true) return false;
  await dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
  return true;
}
