import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, type ExecutionListItem, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { isJsonObject } from '../shared/json.ts';
import { type SeenEvent, watchPattern } from './account.ts';
import type { AwsClients } from './aws-clients.ts';

/**
 * Makes a rule whose target is a state machine that does nothing. Each delivery is an execution: its input is the event,
 * and its start is the time of arrival. This needs no queue and no function.
 */
export async function watchEvents(
  clients: AwsClients,
  { prefix, machine, role }: { readonly prefix: string; readonly machine: string; readonly role: string },
): Promise<() => Promise<readonly SeenEvent[]>> {
  const { events, sfn } = clients;
  const Name = ruleName(prefix);
  await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(watchPattern(prefix)) }));
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: targetId, Arn: machine, RoleArn: role }] }));
  const known = new Map<string, SeenEvent | undefined>();
  return async () => {
    for (const { executionArn, startDate } of await executionsOf(clients, machine)) {
      if (executionArn === undefined || known.has(executionArn)) continue;
      const { input } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      known.set(executionArn, seenEvent(input, startDate?.getTime() ?? 0));
    }
    return [...known.values()].flatMap((event) => event ?? []).sort((one, other) => one.at - other.at);
  };
}

export function ruleName(prefix: string): string {
  return `${prefix}-events`;
}

export const targetId = 'seen';

async function executionsOf({ sfn }: AwsClients, stateMachineArn: string): Promise<ExecutionListItem[]> {
  const all: ExecutionListItem[] = [];
  let nextToken: string | undefined;
  do {
    const token = nextToken === undefined ? {} : { nextToken };
    const page = await sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1_000, ...token }));
    all.push(...(page.executions ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}

function seenEvent(input: string | undefined, at: number): SeenEvent | undefined {
  const whole: unknown = JSON.parse(input ?? 'null');
  if (!isJsonObject(whole) || !isJsonObject(whole.detail)) return undefined;
  const { source, 'detail-type': detailType, detail } = whole;
  if (typeof source !== 'string' || typeof detailType !== 'string') return undefined;
  return { at, source, detailType, detail, whole };
}
