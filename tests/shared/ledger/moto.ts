import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamodbLedger } from '../../../shared/ledger/dynamodb-ledger.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';

export type Moto = { newLedger(): Promise<Ledger>; stop(): void };

export const noMoto = 'no moto_server on this machine';

/** DynamoDB as moto's server gives it on a free loopback port; undefined where there is none. */
export async function startMoto(): Promise<Moto | undefined> {
  const server = await startServer();
  if (server === undefined) return undefined;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: 'eu-west-1', credentials });
  return {
    async newLedger() {
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
    },
    stop() {
      client.destroy();
      server.process.kill();
    },
  };
}

function startServer(): Promise<{ process: ChildProcess; endpoint: string } | undefined> {
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
