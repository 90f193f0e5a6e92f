import { ListStateMachinesCommand, type SFNClient } from '@aws-sdk/client-sfn';

/** Whether the stack has a state machine in the account. */
export async function findStack(sfn: SFNClient, stack: string): Promise<boolean> {
  let nextToken: string | undefined;
  do {
    const token = nextToken === undefined ? {} : { nextToken };
    const page = await sfn.send(new ListStateMachinesCommand({ maxResults: 1_000, ...token }));
    if (page.stateMachines?.some(({ name }) => name?.startsWith(`${stack}-`))) return true;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return false;
}
