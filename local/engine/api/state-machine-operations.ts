import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import { requireValidDefinition } from '../check/definition-operations.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import { machineToStart } from '../driver/machine-to-start.ts';
import { moreOf } from '../store/execution-record.ts';
import { definitionOf, existingMachine } from '../store/existing-machine.ts';
import { type MachineDocument, readDocument, storedDocument, type VersionDocument } from '../store/machine-document.ts';
import { existingExecution } from './execution-operations.ts';
import { page, pageInput } from './page.ts';
import { requireArn, requireName, resourceName } from './resource-name.ts';
import { optionalTags, tagsAsObject } from './tags.ts';
import { publishVersion } from './version-operations.ts';

const settings = z.optional(z.record(z.string(), z.unknown()));
const configuration = { loggingConfiguration: settings, tracingConfiguration: settings };
const createInput = z.looseObject({
  name: resourceName,
  definition: z.string(),
  roleArn: z._default(z.string(), ''),
  type: z._default(z.enum(['STANDARD', 'EXPRESS']), 'STANDARD'),
  publish: z._default(z.boolean(), false),
  versionDescription: z.optional(z.string()),
  tags: optionalTags,
  ...configuration,
});
const updateInput = z.looseObject({
  stateMachineArn: z.string(),
  definition: z.optional(z.string()),
  roleArn: z.optional(z.string()),
  publish: z._default(z.boolean(), false),
  versionDescription: z.optional(z.string()),
  ...configuration,
});
const executionInput = z.looseObject({ executionArn: z.string() });
const arnInput = z.looseObject({ stateMachineArn: z.string() });
const listInput = z.looseObject({ ...pageInput });

const noLogging = { level: 'OFF', includeExecutionData: false };
const noTracing = { enabled: false };

/** The logging and tracing settings to show. Both are off by default. */
function configurationOf(machine: MachineDocument | undefined): object {
  return {
    loggingConfiguration: { ...noLogging, ...machine?.loggingConfiguration },
    tracingConfiguration: { ...noTracing, ...machine?.tracingConfiguration },
  };
}

/** The parts of the request to keep. */
function configured({
  loggingConfiguration,
  tracingConfiguration,
}: { readonly [name in keyof typeof configuration]?: object | undefined }) {
  return storedDocument({
    ...(loggingConfiguration !== undefined && { loggingConfiguration }),
    ...(tracingConfiguration !== undefined && { tracingConfiguration }),
  });
}

/** @throws {ServiceError} ValidationException */
function requireSensibleVersion(publish: boolean, description: string | undefined): void {
  if (publish || description === undefined) return;
  throw new ServiceError('ValidationException', 'Version description can only be set when publish is true');
}

/** Creates, changes and describes machines. Dates in answers are epoch seconds. */
export function stateMachineOperations({ options }: EngineCore): Operations {
  const { store, clock, uuid, region, account } = options;
  const arnOf = (name: string) => `arn:aws:states:${region}:${account}:stateMachine:${name}`;
  const save = (machine: MachineDocument) => store.saveDocument('machine', machine.arn, storedDocument(machine));

  function saveRevision(definition: string): string {
    const revision = uuid();
    store.saveDocument('revision', revision, { definition });
    return revision;
  }

  return {
    async CreateStateMachine(input) {
      const given = parseInput(createInput, input);
      const { name, definition, roleArn, type, tags, publish, versionDescription } = given;
      requireName(name);
      if (roleArn !== '') requireArn(roleArn);
      requireSensibleVersion(publish, versionDescription);
      requireValidDefinition(definition, type);
      const arn = arnOf(name);
      const known = readDocument<MachineDocument>(store.document('machine', arn));
      const now = clock.now();
      if (known !== undefined) {
        const same =
          definitionOf(options, known.revision) === definition && known.type === type && known.roleArn === roleArn;
        if (!same) throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      const machine: MachineDocument = known ?? {
        arn,
        name,
        type,
        roleArn,
        revision: saveRevision(definition),
        createdAt: now,
        updatedAt: now,
        tags: tagsAsObject(tags, arn),
        ...configured(given),
      };
      if (known === undefined) save(machine);
      return {
        stateMachineArn: arn,
        creationDate: machine.createdAt / 1000,
        ...(publish && { stateMachineVersionArn: publishVersion(options, machine, versionDescription).arn }),
      };
    },

    async UpdateStateMachine(input) {
      const given = parseInput(updateInput, input);
      const { stateMachineArn, definition, roleArn, publish, versionDescription } = given;
      requireSensibleVersion(publish, versionDescription);
      if (roleArn !== undefined) requireArn(roleArn);
      const changes = configured(given);
      const machine = existingMachine(options, stateMachineArn);
      if (definition === undefined && roleArn === undefined && Object.keys(changes).length === 0) {
        const needed = 'Either the definition, the role ARN, or the configuration must be specified';
        throw new ServiceError('MissingRequiredParameter', needed);
      }
      if (definition !== undefined) requireValidDefinition(definition, machine.type);
      const changed = definition !== undefined && definition !== definitionOf(options, machine.revision);
      const revision = changed ? saveRevision(definition) : machine.revision;
      const updatedAt = clock.now();
      const updated = { ...machine, ...changes, roleArn: roleArn ?? machine.roleArn, revision, updatedAt };
      save(updated);
      return {
        updateDate: updatedAt / 1000,
        revisionId: revision,
        ...(publish && { stateMachineVersionArn: publishVersion(options, updated, versionDescription).arn }),
      };
    },

    async DeleteStateMachine(input) {
      store.removeDocument('machine', parseInput(arnInput, input).stateMachineArn);
      return {};
    },

    async DescribeStateMachine(input) {
      const { stateMachineArn } = parseInput(arnInput, input);
      const { arn, roleArn, revision, versionArn } = machineToStart(options, stateMachineArn);
      const machine = existingMachine(options, arn);
      const version = readDocument<VersionDocument>(store.document('version', versionArn ?? ''));
      return {
        stateMachineArn: versionArn ?? arn,
        name: machine.name,
        status: 'ACTIVE',
        definition: definitionOf(options, revision),
        roleArn,
        type: machine.type,
        creationDate: machine.createdAt / 1000,
        ...(version?.description !== undefined && { description: version.description }),
        ...configurationOf(machine),
        revisionId: revision,
      };
    },

    async DescribeStateMachineForExecution(input) {
      const { executionArn } = parseInput(executionInput, input);
      const record = existingExecution(options, executionArn);
      const { machine } = moreOf(record);
      const known = readDocument<MachineDocument>(store.document('machine', machine.arn));
      return {
        stateMachineArn: record.machineArn,
        name: machine.name,
        definition: definitionOf(options, machine.revision),
        roleArn: machine.roleArn,
        updateDate: (known?.updatedAt ?? record.startedAt) / 1000,
        ...configurationOf(known),
        ...(record.mapRunArn !== undefined && { mapRunArn: record.mapRunArn }),
        revisionId: machine.revision,
      };
    },

    async ListStateMachines(input) {
      const { maxResults, nextToken } = parseInput(listInput, input ?? {});
      const machines = store.documents('machine').flatMap((document) => readDocument<MachineDocument>(document) ?? []);
      const { items, nextToken: next } = page(machines, maxResults, nextToken);
      return {
        stateMachines: items.map(({ arn, name, type, createdAt }) => ({
          stateMachineArn: arn,
          name,
          type,
          creationDate: createdAt / 1000,
        })),
        ...next,
      };
    },
  };
}
