import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { present } from '../../shared/json.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { signedFetch } from './signed-fetch.ts';
import type { StageOptions } from './stage.ts';

/** The API of a deployed stack, and a `fetch` that signs with the caller's AWS credentials. @throws {CommandError} */
export async function findStack(stack: string, { region, profile }: StageOptions) {
  const client = new CloudFormationClient({
    ...present({ region, profile }),
  });
  const address = await apiAddress(client, stack);
  return { target: `${stack} (${await client.config.region()})`, address, send: signedFetch(client.config) };
}

async function apiAddress(client: CloudFormationClient, stack: string): Promise<string> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const address = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ApiUrl')?.OutputValue;
    if (address !== undefined) return address;
    throw new CommandError(exitCodes.notFound, `the stack ${stack} has no output ApiUrl: it is none of Gluewright's`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(exitCodes.unavailable, `the stack ${stack} cannot be looked up: ${why}`);
  }
}
