import { ListExecutionsCommand, SFNClient, type SFNClientConfig } from '@aws-sdk/client-sfn';
import { deployedMachines, parentsOf } from './deployed-machines.ts';

/** A state machine that a deployment would remove while runs need it. */
export type LiveRemoval = { readonly machine: string; readonly running: number };

/**
 * Finds machines that runs still need. Deleting a state machine ends its executions, and a parent may still start a
 * part. So a machine is removed once its own runs and those of its parent are over.
 *
 * @param kept names of the machines in the new template
 */
export async function liveRemovals(
  config: SFNClientConfig,
  stack: string,
  kept: ReadonlySet<string>,
): Promise<LiveRemoval[]> {
  const sfn = new SFNClient(config);
  const deployed = await deployedMachines(sfn, stack);
  const running = async (name: string): Promise<number> => {
    const stateMachineArn = deployed.get(name);
    if (stateMachineArn === undefined) return 0;
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));
    return executions.length;
  };
  const live: LiveRemoval[] = [];
  for (const machine of [...deployed.keys()].filter((name) => !kept.has(name)).sort()) {
    let count = await running(machine);
    for (const parent of parentsOf(machine, deployed.keys())) count += await running(parent);
    if (count > 0) live.push({ machine, running: count });
  }
  return live;
}

/** The message, with its remedy. */
export function describeRemovals(live: readonly LiveRemoval[], stack: string, stage: string): string {
  const names = live.map(({ machine, running }) => `${machine} (${running} running)`).join(', ');
  const [pipeline = 'NAME'] = live.map(({ machine }) => machine.slice(stack.length + 1).replace(/-part-\d+$/, ''));
  return [
    `this deployment removes state machines that runs need, and would kill the runs: ${names}`,
    `pause the pipeline: npx gluewright pause ${pipeline} --stage ${stage}`,
    `wait until this lists none: npx gluewright runs ${pipeline} --status RUNNING --stage ${stage}`,
    'then deploy again. To kill them, deploy with GLUEWRIGHT_REMOVE_LIVE=yes',
  ].join('\n');
}
