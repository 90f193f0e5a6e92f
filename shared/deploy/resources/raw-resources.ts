import type { JsonObject } from '../../json.ts';
import { logDelivery } from '../permissions/machine-permissions.ts';
import { role } from '../permissions/policy.ts';
import { rawPermissions } from '../permissions/raw-permissions.ts';
import { type Digest, logicalId } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { getAtt, type Resource } from '../template/template.ts';
import { type Definition, machineResources, releaseResources } from './machine-resources.ts';

/** A hand-written state machine, deployed unchanged. */
export type RawMachine = { readonly name: string; readonly definition: JsonObject };

/** Its role comes from the settings, or follows from its states: see {@link rawPermissions}. */
export function rawResources(
  { name, definition }: RawMachine,
  settings: Settings,
  place: {
    readonly logGroup: string;
    readonly define: (name: string, text: string) => Definition;
    readonly digest: Digest;
  },
): Record<string, Resource> {
  const given = settings.machineRoles[name];
  const roleId = logicalId('Pipeline', name, 'Role', place.digest);
  const statements = [...rawPermissions(definition).statements, logDelivery];
  const made = {
    name,
    roleArn: given ?? getAtt(roleId, 'Arn'),
    definition: place.define(name, JSON.stringify(definition)),
  };
  return {
    ...(given === undefined && {
      [roleId]: role('states.amazonaws.com', `State machine ${name} of ${settings.stack}`, statements),
    }),
    ...machineResources(made, settings, place),
    ...releaseResources(name, settings, place.digest),
  };
}
