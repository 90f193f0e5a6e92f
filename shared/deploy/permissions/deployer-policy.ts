import { anywhere, type Grant, of } from './grant.ts';
import { grantsByType } from './grants-by-type.ts';

/** Calls of Serverless, with or without a change set, and of the plugin, which removes no machine with live runs. */
const serverless: readonly Grant[] = [
  {
    actions: [
      ...['CreateChangeSet', 'CreateStack', 'DeleteChangeSet', 'DeleteStack', 'DescribeChangeSet'],
      ...['DescribeStackEvents', 'DescribeStackResource', 'DescribeStackResources', 'DescribeStacks'],
      ...['ExecuteChangeSet', 'GetTemplate', 'ListStackResources', 'SetStackPolicy', 'UpdateStack'],
    ].map((action) => `cloudformation:${action}`),
    on: [of('cloudformation', 'stack/STACK*/*')],
  },
  { actions: ['cloudformation:ValidateTemplate', 'states:ListStateMachines'], on: anywhere },
  { actions: ['states:ListExecutions'], on: [of('states', 'stateMachine:STACK-*')] },
];

export type PolicyDocument = {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
};

/**
 * The IAM policy for people who deploy, upgrade and remove a stack: the calls for each type of resource, and the calls of
 * Serverless itself. It has one statement for each set of resources.
 */
export function deployerPolicy(): PolicyDocument {
  const byResource = new Map<string, { readonly on: readonly string[]; readonly actions: Set<string> }>();
  for (const { actions, on } of [...serverless, ...Object.values(grantsByType).flat()]) {
    const known = byResource.get(on.join()) ?? { on, actions: new Set<string>() };
    for (const action of actions) known.actions.add(action);
    byResource.set(on.join(), known);
  }
  return {
    Version: '2012-10-17',
    Statement: [...byResource.values()].map(({ on, actions }) => ({
      Effect: 'Allow',
      Action: [...actions].sort(),
      Resource: on,
    })),
  };
}
