import type { Compiled, CompiledMachine, Target } from '../../asl/compiled.ts';
import type { Json } from '../../json.ts';
import { logDelivery, machinePermissions, type Substitution } from '../permissions/machine-permissions.ts';
import type { Grants } from '../permissions/native-grants.ts';
import { role } from '../permissions/policy.ts';
import { type Digest, functionArn, logicalId } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';
import { type Definition, machineName, machineResources, releaseResources } from './machine-resources.ts';
import { printDefinition } from './print-definition.ts';

/** The compiler's target for AWS: ARNs are tokens, which CloudFormation replaces by `DefinitionSubstitutions`. */
export const machineTarget: Target = {
  functionArn: (name) => token('Function', name),
  stateMachineArn: (name) => token('Machine', name),
};

/** Letters and digits only, since other characters in names of substitutions are not documented. */
function token(kind: string, name: string): string {
  return `\${${kind}${name.replaceAll(/[^A-Za-z0-9]/g, '')}}`;
}

const invokedFunctions = ['start-task', 'signal', 'finish-run'] as const;

/**
 * The resources of one pipeline's machines: for each a role, the machine and its version; for the pipeline's own the
 * alias by which runs are started, and its alarm. Parts are started by their version: an execution that began before a
 * deployment finds, until its end, the parts that it was compiled with.
 */
export function pipelineResources(
  compiled: Compiled,
  settings: Settings,
  place: {
    readonly logGroup: string;
    readonly define: (name: string, text: string) => Definition;
    readonly digest: Digest;
    readonly grants: Grants;
  },
): Record<string, Resource> {
  const substitutions = substitutionsOf(compiled, settings, place.digest);
  const machines = compiled.machines.map((machine): Record<string, Resource> => {
    const { name } = machine;
    const { id: roleId, own } = roleOf(machine, substitutions, settings, place);
    const text = printDefinition(machine.definition, substitutions, settings.partition);
    const made = {
      name,
      roleArn: getAtt(roleId, 'Arn'),
      definition: place.define(name, text),
      substitutions: usedSubstitutions(text, substitutions),
    };
    return {
      ...own,
      ...machineResources(made, settings, place),
    };
  });
  const release = releaseResources(compiled.machines[0].name, settings, place.digest);
  return Object.assign({}, ...machines, release);
}

const sharedRole = 'MachinesRole';

/**
 * The role of all machines that only invoke the functions: an account has room for a thousand roles. It is there, with all
 * three functions, whatever the machines need now: executions that began before a deployment go on by it.
 */
export function sharedRoles({ stack }: Settings): Record<string, Resource> {
  const statements = [
    {
      sid: 'InvokeFunctions',
      actions: ['lambda:InvokeFunction'],
      resources: [...invokedFunctions].sort().map((name) => functionArn(stack, name)),
    },
    logDelivery,
  ];
  return { [sharedRole]: role('states.amazonaws.com', `State machines of ${stack}`, statements) };
}

/** A machine that does more than the shared role allows, such as to start parts, has a role of its own. */
function roleOf(
  { name, definition }: CompiledMachine,
  substitutions: ReadonlyMap<string, Substitution>,
  { stack }: Settings,
  { digest, grants }: { readonly digest: Digest; readonly grants: Grants },
): { readonly id: string; readonly own: Record<string, Resource> } {
  const statements = machinePermissions(definition, substitutions, grants);
  const shares = statements.every(({ sid }) => sid === 'InvokeFunctions' || sid === logDelivery.sid);
  if (shares) return { id: sharedRole, own: {} };
  const id = logicalId('Pipeline', name, 'Role', digest);
  return { id, own: { [id]: role('states.amazonaws.com', `State machine ${name} of ${stack}`, statements) } };
}

/** By the token in the definition. */
function substitutionsOf({ machines }: Compiled, settings: Settings, digest: Digest): Map<string, Substitution> {
  const substitutions = new Map<string, Substitution>();
  for (const name of invokedFunctions) {
    const arn = functionArn(settings.stack, name);
    substitutions.set(machineTarget.functionArn(name), { kind: 'function', name, arn });
  }
  for (const { name } of machines.slice(1)) {
    const machine = machineName(settings.stack, name, digest);
    const version = ref(logicalId('Pipeline', name, 'Version', digest));
    substitutions.set(machineTarget.stateMachineArn(name), { kind: 'machine', machine, version });
  }
  return substitutions;
}

/** Only tokens that occur in the definition: CloudFormation's linter rejects others. */
function usedSubstitutions(text: string, all: ReadonlyMap<string, Substitution>): Json {
  const used = [...all].filter(([token]) => text.includes(token));
  return Object.fromEntries(
    used.map(([token, target]) => [token.slice(2, -1), target.kind === 'function' ? target.arn : target.version]),
  );
}
