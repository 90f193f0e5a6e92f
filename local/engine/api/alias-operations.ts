import * as z from 'zod/mini';
import { parseInput } from '../../service/parse-input.ts';
import { ServiceError } from '../../service/service-error.ts';
import type { EngineCore, Operations } from '../driver/engine-core.ts';
import { existingMachine } from '../store/existing-machine.ts';
import { type AliasDocument, readDocument, storedDocument, type VersionDocument } from '../store/machine-document.ts';
import { page, pageInput } from './page.ts';

const routing = z.array(z.object({ stateMachineVersionArn: z.string(), weight: z.number() }));
const createInput = z.looseObject({
  name: z.string().check(z.minLength(1), z.maxLength(80)),
  description: z.optional(z.string()),
  routingConfiguration: routing.check(z.minLength(1), z.maxLength(2)),
});
const updateInput = z.looseObject({
  stateMachineAliasArn: z.string(),
  description: z.optional(z.string()),
  routingConfiguration: z.optional(routing),
});
const arnInput = z.looseObject({ stateMachineAliasArn: z.string() });
const listInput = z.looseObject({
  stateMachineArn: z.string(),
  ...pageInput,
});

/** The machine's ARN from a version's ARN. */
const machineIn = (arn: string): string => arn.split(':').slice(0, 7).join(':');

export function aliasOperations({ options }: EngineCore): Operations {
  const { store, clock } = options;

  function existing(arn: string): AliasDocument {
    const alias = readDocument<AliasDocument>(store.document('alias', arn));
    if (alias === undefined) throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`);
    return alias;
  }

  /** Versions of one machine whose weights add up to 100. */
  function routesOf(config: z.infer<typeof routing>): AliasDocument['routes'] {
    for (const { stateMachineVersionArn: arn } of config) {
      if (readDocument<VersionDocument>(store.document('version', arn)) === undefined) {
        throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`);
      }
    }
    const machines = new Set(config.map(({ stateMachineVersionArn: arn }) => machineIn(arn)));
    if (machines.size > 1) {
      throw new ServiceError('ValidationException', 'Routing configuration must contain versions of one state machine');
    }
    if (config.reduce((sum, { weight }) => sum + weight, 0) !== 100) {
      throw new ServiceError('ValidationException', 'The sum of the weights of the routing configuration must be 100');
    }
    return config.map(({ stateMachineVersionArn, weight }) => ({ versionArn: stateMachineVersionArn, weight }));
  }

  return {
    async CreateStateMachineAlias(input) {
      const { name, description, routingConfiguration } = parseInput(createInput, input);
      const routes = routesOf(routingConfiguration);
      const machineArn = machineIn(routes[0]?.versionArn ?? '');
      // Such an alias would have the ARN of a version.
      if (/^\d+$/.test(name)) throw new ServiceError('ValidationException', 'Alias name must not be a number');
      const arn = `${machineArn}:${name}`;
      const now = clock.now();
      const createdAt = readDocument<AliasDocument>(store.document('alias', arn))?.createdAt ?? now;
      const described = description === undefined ? {} : { description };
      const alias: AliasDocument = { arn, machineArn, name, routes, createdAt, updatedAt: now, ...described };
      store.saveDocument('alias', arn, storedDocument(alias));
      return { stateMachineAliasArn: arn, creationDate: createdAt / 1000 };
    },
    async UpdateStateMachineAlias(input) {
      const { stateMachineAliasArn, description, routingConfiguration } = parseInput(updateInput, input);
      if (description === undefined && routingConfiguration === undefined) {
        throw new ServiceError('ValidationException', 'Either description or routingConfiguration must be specified');
      }
      const alias = existing(stateMachineAliasArn);
      const updatedAt = clock.now();
      const routes = routingConfiguration === undefined ? alias.routes : routesOf(routingConfiguration);
      const described = description === undefined ? {} : { description };
      store.saveDocument('alias', alias.arn, storedDocument({ ...alias, ...described, routes, updatedAt }));
      return { updateDate: updatedAt / 1000 };
    },
    async DescribeStateMachineAlias(input) {
      const alias = existing(parseInput(arnInput, input).stateMachineAliasArn);
      return {
        stateMachineAliasArn: alias.arn,
        name: alias.name,
        ...(alias.description !== undefined && { description: alias.description }),
        routingConfiguration: alias.routes.map(({ versionArn, weight }) => ({
          stateMachineVersionArn: versionArn,
          weight,
        })),
        creationDate: alias.createdAt / 1000,
        updateDate: alias.updatedAt / 1000,
      };
    },
    async DeleteStateMachineAlias(input) {
      store.removeDocument('alias', existing(parseInput(arnInput, input).stateMachineAliasArn).arn);
      return {};
    },
    async ListStateMachineAliases(input) {
      const { stateMachineArn, maxResults, nextToken } = parseInput(listInput, input);
      const machine = existingMachine(options, machineIn(stateMachineArn));
      const version = machine.arn === stateMachineArn ? undefined : stateMachineArn;
      const all = store
        .documents('alias')
        .flatMap((document) => readDocument<AliasDocument>(document) ?? [])
        .filter(({ machineArn }) => machineArn === machine.arn)
        .filter(({ routes }) => version === undefined || routes.some(({ versionArn }) => versionArn === version));
      const { items, nextToken: next } = page(all, maxResults, nextToken);
      const shown = items.map(({ arn, createdAt }) => ({ stateMachineAliasArn: arn, creationDate: createdAt / 1000 }));
      return { stateMachineAliases: shown, ...next };
    },
  };
}
