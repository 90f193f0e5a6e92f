import { paginateListExecutions, paginateListStateMachines, type SFNClient } from '@aws-sdk/client-sfn';
import { machineNameLimit } from '../../shared/deploy/template/names.ts';

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

/**
 * Machines whose executions may start this one as a part. A long name is cut and ends with a digest, so it does not show
 * its parent. Then all machines with the same beginning count as parents.
 *
 * @param all names of the stack's machines
 */
export function parentsOf(machine: string, all: Iterable<string>): string[] {
  const parent = /^(.+)-part-\d+$/.exec(machine)?.[1];
  if (parent === undefined && machine.length < machineNameLimit) return [];
  const beginning = machine.slice(0, machineNameLimit - '-01234567'.length);
  const isParent = (name: string) => (parent === undefined ? name.startsWith(beginning) : name === parent);
  return [...all].filter((name) => name !== machine && isParent(name));
}

/** The version of each running execution. Undefined: it was started without one. */
export async function runningVersions(sfn: SFNClient, stateMachineArn: string): Promise<(string | undefined)[]> {
  const running: (string | undefined)[] = [];
  for await (const page of paginateListExecutions({ client: sfn }, { stateMachineArn, statusFilter: 'RUNNING' })) {
    running.push(...(page.executions ?? []).map(({ stateMachineVersionArn }) => stateMachineVersionArn));
  }
  return running;
}
