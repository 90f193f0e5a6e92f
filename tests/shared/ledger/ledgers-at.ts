import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamodbLedger } from '../../../shared/ledger/dynamodb-ledger.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import { createLedgerTable } from '../../infra/ledger-table.ts';

/** Makes ledgers in the DynamoDB at this endpoint, each an empty table. */
export function ledgersAt(endpoint: string): () => Promise<Ledger> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const config = { endpoint, region: 'eu-west-1', credentials };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  return async () => {
    const table = `ledger-${randomUUID()}`;
    await createLedgerTable(config, table);
    return createDynamodbLedger(client, table);
  };
}
