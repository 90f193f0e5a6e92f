import { paginateListExecutions, paginateListStateMachines, type SFNClient } from '@aws-sdk/client-sfn';

/** The state machines of a stack: name → ARN. */
export async function deployedMachines(sfn: SFNClient, stack: string): Promise<Map<string, string>> {
  const machines = new Map<string, string>();
  for await (const page of paginateListStateMachines({ client: sfn }, {})) {
    for (const { name = '', stateMachineArn = '' } of page.stateMachines ?? []) {
      if (name.startsWith(`${stack}-`)) machines.set(name, stateMachineArn);
    }
  }
  return machines;
}

/** The machine that starts a part. Undefined: it is no part. */
export function parentOf(machine: string): string | undefined {
  return /^(.+)-part-\d+$/.exec(machine)?.[1];
}

/** Of each running execution the version that it runs. Undefined: it was started without one. */
export async function runningVersions(sfn: SFNClient, stateMachineArn: string): Promise<(string | undefined)[]> {
  const running: (string | undefined)[] = [];
  for await (const page of paginateListExecutions({ client: sfn }, { stateMachineArn, statusFilter: 'RUNNING' })) {
    running.push(...(page.executions ?? []).map(({ stateMachineVersionArn }) => stateMachineVersionArn));
  }
  return running;
}
