import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import { existingMachine } from '../store/existing-machine.ts';
import {
  type AliasDocument,
  type MachineDocument,
  readDocument,
  storedDocument,
  type VersionDocument,
} from '../store/machine-document.ts';
import { page, pageInput } from './page.ts';

const publishInput = z.looseObject({
  stateMachineArn: z.string(),
  revisionId: z.optional(z.string()),
  description: z.optional(z.string()),
});
const listInput = z.looseObject({
  stateMachineArn: z.string(),
  ...pageInput,
});
const deleteInput = z.looseObject({ stateMachineVersionArn: z.string() });

export function versionOperations({ options }: EngineCore): Operations {
  const { store } = options;
  return {
    async PublishStateMachineVersion(input) {
      const { stateMachineArn, revisionId, description } = parseInput(publishInput, input);
      const machine = existingMachine(options, stateMachineArn);
      if (revisionId !== undefined && revisionId !== machine.revision) {
        throw new ServiceError('ConflictException', 'The revision is not the current one');
      }
      const { arn, createdAt } = publishVersion(options, machine, description);
      return { stateMachineVersionArn: arn, creationDate: createdAt / 1000 };
    },
    async ListStateMachineVersions(input) {
      const { stateMachineArn, maxResults, nextToken } = parseInput(listInput, input);
      existingMachine(options, stateMachineArn);
      const { items, nextToken: next } = page(versionsOf(options, stateMachineArn).toReversed(), maxResults, nextToken);
      const shown = items.map(({ arn, createdAt }) => ({
        stateMachineVersionArn: arn,
        creationDate: createdAt / 1000,
      }));
      return { stateMachineVersions: shown, ...next };
    },
    async DeleteStateMachineVersion(input) {
      const { stateMachineVersionArn: arn } = parseInput(deleteInput, input);
      const aliases = store.documents('alias').flatMap((document) => readDocument<AliasDocument>(document) ?? []);
      if (aliases.some(({ routes }) => routes.some(({ versionArn }) => versionArn === arn))) {
        throw new ServiceError('ConflictException', 'Version to be deleted must not be referenced by an alias');
      }
      store.removeDocument('version', arn);
      return {};
    },
  };
}

/** A version of the machine's current revision. Returns the existing one if nothing has changed since. */
export function publishVersion(
  { store, clock }: EngineCore['options'],
  machine: MachineDocument,
  description: string | undefined,
): VersionDocument {
  const known = versionsOf({ store }, machine.arn);
  const last = known.at(-1);
  if (last?.revision === machine.revision) return last;
  const number = (last?.number ?? 0) + 1;
  const version: VersionDocument = {
    arn: `${machine.arn}:${number}`,
    machineArn: machine.arn,
    number,
    revision: machine.revision,
    createdAt: clock.now(),
    ...(description !== undefined && { description }),
  };
  store.saveDocument('version', version.arn, storedDocument(version));
  return version;
}

function versionsOf({ store }: Pick<EngineCore['options'], 'store'>, machineArn: string): readonly VersionDocument[] {
  return store
    .documents('version')
    .flatMap((document) => readDocument<VersionDocument>(document) ?? [])
    .filter((version) => version.machineArn === machineArn)
    .sort((one, other) => one.number - other.number);
}
