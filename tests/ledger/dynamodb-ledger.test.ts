import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { createDynamodbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { ledgerContract } from './contract.ts';

/** moto's server on a free loopback port, or undefined where there is none. */
function startMoto(): Promise<{ process: ChildProcess; endpoint: string } | undefined> {
  const process = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve) => {
    const read = (chunk: Buffer) => {
      const endpoint = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(String(chunk))?.[1];
      if (endpoint !== undefined) resolve({ process, endpoint });
    };
    process.stderr.on('data', read);
    process.stdout.on('data', read);
    process.once('error', () => resolve(undefined));
    process.once('exit', () => resolve(undefined));
  });
}

describe('the ledger on DynamoDB', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let client: DynamoDBClient;

  beforeAll(async () => {
    moto = await startMoto();
    if (moto === undefined) return;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    client = new DynamoDBClient({ endpoint: moto.endpoint, region: 'eu-west-1', credentials });
  });
  beforeEach((context) => {
    if (moto === undefined) context.skip('no moto_server on this machine');
  });
  afterAll(() => {
    client?.destroy();
    moto?.process.kill();
  });

  ledgerContract(async () => {
    const table = `ledger-${randomUUID()}`;
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    return createDynamodbLedger(DynamoDBDocumentClient.from(client), table);
  });
});
