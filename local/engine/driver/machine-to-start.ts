import { ServiceError } from '../../service/service-error.ts';
import type { MachineOfExecution } from '../frames/execution.ts';
import type { EngineOptions } from '../ports/engine-options.ts';
import { existingMachine } from '../store/existing-machine.ts';
import {
  type AliasDocument,
  type MachineDocument,
  readDocument,
  type VersionDocument,
} from '../store/machine-document.ts';

/** What an execution of a machine, a version or an alias must run. @throws {ServiceError} StateMachineDoesNotExist */
export function machineToStart({ store, random }: EngineOptions, arn: string): MachineOfExecution {
  const named = readDocument<MachineDocument>(store.document('machine', arn));
  if (named !== undefined) return machineOf(named, named.revision);
  const machine = existingMachine({ store }, arn.split(':').slice(0, 7).join(':'));
  const alias = readDocument<AliasDocument>(store.document('alias', arn));
  const versionArn = alias === undefined ? arn : routed(alias, random());
  const version = readDocument<VersionDocument>(store.document('version', versionArn));
  if (version === undefined)
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machineOf(machine, version.revision, versionArn, alias === undefined ? undefined : arn);
}

function machineOf(
  { arn, name, type, roleArn }: MachineDocument,
  revision: string,
  versionArn?: string,
  aliasArn?: string,
): MachineOfExecution {
  return { arn, name, type, roleArn, revision, versionArn, aliasArn };
}

/** @param chance in [0, 1) */
function routed({ routes }: AliasDocument, chance: number): string {
  let left = chance * 100;
  for (const { versionArn, weight } of routes) {
    if (left < weight) return versionArn;
    left -= weight;
  }
  return routes.at(-1)?.versionArn ?? '';
}
