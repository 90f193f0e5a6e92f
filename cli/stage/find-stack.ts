import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { present } from '../../shared/json.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { signedFetch } from './signed-fetch.ts';
import type { KnownStack, StackCache } from './stack-cache.ts';
import type { StageOptions } from './stage-options.ts';

export type FoundStack = KnownStack & {
  readonly send: ReturnType<typeof signedFetch>;
  /** From the cache: the stack may have another address by now. */
  readonly isKnown: boolean;
  forget(): void;
};

/** The API of a deployed stack, and a `fetch` that signs with the caller's AWS credentials. @throws {CommandError} */
export async function findStack(
  stack: string,
  { region, profile }: StageOptions,
  cache: StackCache,
): Promise<FoundStack> {
  const client = new CloudFormationClient({ ...present({ region, profile }) });
  const send = signedFetch(client.config);
  const key = await keyOf(client, stack);
  const forget = (): void => cache.forget(key);
  const known = cache.get(key);
  if (known !== undefined) return { ...known, send, isKnown: true, forget };
  const found = await lookUp(client, stack);
  cache.set(key, found);
  return { ...found, send, isKnown: false, forget };
}

/** With the account, because two accounts may have stacks of the same name. */
async function keyOf({ config }: CloudFormationClient, stack: string): Promise<string> {
  try {
    const { accountId, accessKeyId } = await config.credentials();
    const endpoint = process.env.AWS_ENDPOINT_URL_CLOUDFORMATION ?? process.env.AWS_ENDPOINT_URL ?? '';
    return [stack, await config.region(), accountId ?? accessKeyId, endpoint].join(' ');
  } catch (error) {
    throw new CommandError(exitCodes.unavailable, `your AWS credentials cannot be read: ${messageOf(error)}`);
  }
}

async function lookUp(client: CloudFormationClient, name: string): Promise<KnownStack> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name })).catch((error: unknown) => {
    throw new CommandError(exitCodes.unavailable, `the stack ${name} cannot be looked up: ${messageOf(error)}`);
  });
  const address = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ApiUrl')?.OutputValue;
  if (address === undefined) {
    throw new CommandError(
      exitCodes.notFound,
      `the stack ${name} has no output ApiUrl, so it is not a stack of Gluewright`,
    );
  }
  const account = Stacks[0]?.StackId?.split(':')[4];
  const place = [await client.config.region(), ...(account === undefined ? [] : [account])].join(', ');
  return { address, target: `${name} (${place})` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
