import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { startMotoServer } from './moto-server.ts';

/**
 * `npm run deploy:moto`: deploys, redeploys and removes the project on an AWS that moto plays on loopback, and
 * checks the result of each step. Nothing leaves the machine.
 */

const root = path.resolve(import.meta.dirname, '..');

class NotAsDeployed extends Error {
  override readonly name = 'NotAsDeployed';
}

const moto = await startMotoServer();
if (moto === undefined) console.log('skipped: there is no moto_server on this machine');
else {
  try {
    await deployAndRemove(moto.endpoint);
  } finally {
    moto.stop();
  }
}

async function deployAndRemove(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: 'moto', secretAccessKey: 'moto' };
  const client = { endpoint, region: 'eu-west-1', credentials, forcePathStyle: true };
  const sfn = new SFNClient(client);
  const s3 = new S3Client(client);

  const machines = async (): Promise<Map<string, string>> => {
    const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
    return new Map(stateMachines.map(({ name = '', stateMachineArn = '' }) => [name, stateMachineArn]));
  };

  const look = async (): Promise<string> => {
    const deployed = await machines();
    const compiled = compiledMachines();
    for (const [name, definition] of compiled) {
      const stateMachineArn = deployed.get(name);
      if (stateMachineArn === undefined) throw new NotAsDeployed(`there is no state machine ${name}`);
      const there = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      // moto does not fill in substitutions, so definitions must equal what was compiled
      if (there.definition !== definition) throw new NotAsDeployed(`${name} has another definition`);
    }
    const { Rules = [] } = await new EventBridgeClient(client).send(new ListRulesCommand({}));
    const { TableNames = [] } = await new DynamoDBClient(client).send(new ListTablesCommand({}));
    const uploads = await uploaded(s3);
    if (Rules.length === 0 || TableNames.length === 0) throw new NotAsDeployed('rules or the table are missing');
    return `${compiled.size} state machines as compiled, ${Rules.length} rules, ${TableNames[0]}, ${uploads} uploads`;
  };

  await step('deploy', endpoint, ['deploy'], look);
  await step('deploy again', endpoint, ['deploy', '--force'], look);
  await step('remove', endpoint, ['remove'], async () => {
    const left = [...(await machines()).keys()];
    if (left.length > 0) throw new NotAsDeployed(`still there: ${left.join(', ')}`);
    return 'no state machine is left; buckets and, on AWS, the ledger are kept';
  });
}

async function step(
  name: string,
  endpoint: string,
  words: readonly string[],
  look: () => Promise<string>,
): Promise<void> {
  const start = performance.now();
  await serverless(endpoint, words);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name}: ${seconds} s: ${await look()}`);
}

async function serverless(endpoint: string, words: readonly string[]): Promise<void> {
  const bin = path.join(root, 'node_modules/serverless/bin/serverless.js');
  const { AWS_PROFILE: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'moto',
    AWS_SECRET_ACCESS_KEY: 'moto',
    AWS_REGION: 'eu-west-1',
  };
  await promisify(execFile)(process.execPath, [bin, ...words, '--stage', 'moto'], { cwd: root, env });
}

/** Name → definition, from the template that Serverless deployed. */
function compiledMachines(): Map<string, string> {
  const file = path.join(root, '.serverless', 'cloudformation-template-update-stack.json');
  const { Resources }: { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> } =
    JSON.parse(readFileSync(file, 'utf8'));
  const machines = Object.values(Resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
  return new Map(
    machines.map(({ Properties }) => [String(Properties.StateMachineName), String(Properties.DefinitionString)]),
  );
}

/** Objects in the deployment bucket besides Serverless's own artifacts. */
async function uploaded(s3: S3Client): Promise<number> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const Bucket = Buckets.find(({ Name = '' }) => Name.includes('deploymentbucket'))?.Name;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const keys = Contents.flatMap(({ Key = '' }) => (/\/(jobs|definitions)\//.test(Key) ? [Key] : []));
  if (keys.length === 0) throw new NotAsDeployed('no script was uploaded');
  return keys.length;
}
