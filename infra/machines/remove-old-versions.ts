import {
  DeleteStateMachineVersionCommand,
  ListStateMachineVersionsCommand,
  SFNClient,
  type SFNClientConfig,
} from '@aws-sdk/client-sfn';
import { failureOf } from '../../shared/services/service-error.ts';
import { deployedMachines, parentsOf, runningVersions } from './deployed-machines.ts';

/** The latest versions of a machine stay, whether executions run them or not. */
const latest = 10;

/** `createdAt`: epoch milliseconds. */
type Version = { readonly arn: string; readonly createdAt: number };

/**
 * Removes versions of a stack's machines that nothing runs any more: a machine has room for 1,000, and each deployment that
 * changes it makes one.
 *
 * @param own names of the stack's machines: another stack's may begin alike
 * @returns how many
 */
export async function removeOldVersions(
  config: SFNClientConfig,
  stack: string,
  own: readonly string[],
): Promise<number> {
  const sfn = new SFNClient(config);
  const machines = await deployedMachines(sfn, stack);
  let removed = 0;
  for (const name of own) {
    const arn = machines.get(name);
    if (arn === undefined) continue;
    const old = (await versionsOf(sfn, arn)).slice(latest);
    if (old.length === 0) continue;
    const needed = await runningVersions(sfn, arn);
    for (const parent of parentsOf(name, machines.keys()))
      needed.push(...(await neededByParent(sfn, arn, machines.get(parent) ?? '')));
    for (const version of old) {
      if (!needed.includes(version.arn) && (await isRemoved(sfn, version.arn))) removed += 1;
    }
  }
  return removed;
}

/** Newest first. */
async function versionsOf(sfn: SFNClient, stateMachineArn: string): Promise<Version[]> {
  const versions: Version[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn, nextToken }));
    for (const { stateMachineVersionArn: arn = '', creationDate } of page.stateMachineVersions ?? [])
      versions.push({ arn, createdAt: creationDate?.getTime() ?? 0 });
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return versions.sort((a, b) => b.createdAt - a.createdAt);
}

/**
 * The versions of a part that its parent's executions may still start. A parent's version starts the one that was the
 * part's latest when the parent's was made.
 */
async function neededByParent(sfn: SFNClient, part: string, parent: string): Promise<string[]> {
  const running = new Set(await runningVersions(sfn, parent));
  if (running.size === 0) return [];
  const [own, parents] = [await versionsOf(sfn, part), await versionsOf(sfn, parent)];
  const since = parents.flatMap(({ arn, createdAt }) => (running.delete(arn) ? [createdAt] : []));
  // Executions of a version that is not listed may start any of them.
  const oldest = running.size > 0 ? 0 : Math.min(...since);
  const before = own.findIndex(({ createdAt }) => createdAt <= oldest);
  return (before === -1 ? own : own.slice(0, before + 1)).map(({ arn }) => arn);
}

/** An alias may name an old version after a rollback: such a version stays. */
async function isRemoved(sfn: SFNClient, stateMachineVersionArn: string): Promise<boolean> {
  try {
    await sfn.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn }));
    return true;
  } catch (error) {
    if (failureOf(error).name === 'ConflictException') return false;
    throw error;
  }
}
