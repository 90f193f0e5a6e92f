import * as z from 'zod/mini';
import { parseInput } from '../../parse-input.ts';
import { parseJson } from '../data/json-text.ts';
import { parseProgram } from '../definition/parse-program.ts';
import { ServiceError } from '../service-error.ts';
import type { EngineCore, Operations } from './engine-core.ts';
import { type MachineDocument, readDocument, storedDocument } from './machine-document.ts';
import { page } from './page.ts';

const createInput = z.looseObject({
  name: z.string().check(z.minLength(1), z.maxLength(80)),
  definition: z.string(),
  roleArn: z._default(z.string(), ''),
  type: z._default(z.enum(['STANDARD', 'EXPRESS']), 'STANDARD'),
  tags: z._default(z.array(z.object({ key: z.string(), value: z._default(z.string(), '') })), []),
});
const updateInput = z.looseObject({
  stateMachineArn: z.string(),
  definition: z.optional(z.string()),
  roleArn: z.optional(z.string()),
});
const arnInput = z.looseObject({ stateMachineArn: z.string() });
const listInput = z.looseObject({ maxResults: z.optional(z.number()), nextToken: z.optional(z.string()) });

/** Machines: made, changed, shown. Dates in answers are epoch seconds. */
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
      const { name, definition, roleArn, type, tags } = parseInput(createInput, input);
      checkDefinitionText(definition);
      const arn = arnOf(name);
      const known = readDocument<MachineDocument>(store.document('machine', arn));
      if (known !== undefined) {
        const same =
          definitionOf(options, known.revision) === definition && known.type === type && known.roleArn === roleArn;
        if (!same) throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
        return { stateMachineArn: arn, creationDate: known.createdAt / 1000 };
      }
      const now = clock.now();
      save({
        arn,
        name,
        type,
        roleArn,
        revision: saveRevision(definition),
        createdAt: now,
        updatedAt: now,
        tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
        settings: {},
      });
      return { stateMachineArn: arn, creationDate: now / 1000 };
    },

    async UpdateStateMachine(input) {
      const { stateMachineArn, definition, roleArn } = parseInput(updateInput, input);
      const machine = existingMachine(options, stateMachineArn);
      if (definition === undefined && roleArn === undefined) {
        throw new ServiceError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, or the configuration must be specified',
        );
      }
      if (definition !== undefined) checkDefinitionText(definition);
      const changed = definition !== undefined && definition !== definitionOf(options, machine.revision);
      const revision = changed ? saveRevision(definition) : machine.revision;
      const updatedAt = clock.now();
      save({ ...machine, roleArn: roleArn ?? machine.roleArn, revision, updatedAt });
      return { updateDate: updatedAt / 1000, revisionId: revision };
    },

    async DeleteStateMachine(input) {
      store.removeDocument('machine', parseInput(arnInput, input).stateMachineArn);
      return {};
    },

    async DescribeStateMachine(input) {
      const machine = existingMachine(options, parseInput(arnInput, input).stateMachineArn);
      return {
        stateMachineArn: machine.arn,
        name: machine.name,
        status: 'ACTIVE',
        definition: definitionOf(options, machine.revision),
        roleArn: machine.roleArn,
        type: machine.type,
        creationDate: machine.createdAt / 1000,
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
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

/** @throws {ServiceError} StateMachineDoesNotExist */
export function existingMachine({ store }: EngineCore['options'], arn: string): MachineDocument {
  const machine = readDocument<MachineDocument>(store.document('machine', arn));
  if (machine === undefined)
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

export function definitionOf({ store }: EngineCore['options'], revision: string): string {
  const definition = store.document('revision', revision)?.definition;
  return typeof definition === 'string' ? definition : '';
}

/** @throws {ServiceError} InvalidDefinition */
function checkDefinitionText(text: string): void {
  try {
    parseProgram(parseJson(text));
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${problem}'`);
  }
}
