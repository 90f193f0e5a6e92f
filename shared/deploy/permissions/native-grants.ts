import type { Json } from '../../json.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Grant } from '../../tasks/kind/native-work.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { arn, globalArn, sub } from '../template/template.ts';
import type { Statement } from './policy.ts';

/** By the resource of a state: what the tasks with such states need. */
export type Grants = ReadonlyMap<string, readonly Grant[]>;

/** The grants of a pipeline whose names are those on AWS. */
export function nativeGrants({ tasks }: Pipeline): Grants {
  const all = new Map<string, Grant[]>();
  for (const { work } of tasks) {
    const { runs } = kindOf(work.kind);
    if (runs.by !== 'state' || runs.grants === undefined) continue;
    const { resource } = runs.state(work);
    all.set(resource, [...(all.get(resource) ?? []), runs.grants(work)]);
  }
  return all;
}

/** One statement for the same actions; any resource has a statement of its own, with its reasons. */
export function grantStatements(grants: readonly Grant[]): Statement[] {
  const made = new Map<string, { actions: readonly string[]; resources: Set<string>; reasons: Set<string> }>();
  for (const { actions, resources, reason } of grants) {
    const key = JSON.stringify([actions, resources.includes('*')]);
    const one = made.get(key) ?? { actions, resources: new Set(), reasons: new Set() };
    for (const resource of resources) one.resources.add(resource);
    if (reason !== undefined) one.reasons.add(reason);
    made.set(key, one);
  }
  return [...made.values()].map(({ actions, resources, reasons }, index): Statement => {
    const [service = ''] = (actions[0] ?? '').split(':');
    return {
      sid: `Calls${index + 1}`,
      actions,
      resources: [...resources].map((resource) => arnOf(service, resource)),
      ...(reasons.size > 0 && { reason: [...reasons].join('; ') }),
    };
  });
}

/** Resources are patterns: their `*` is IAM's. */
function arnOf(service: string, resource: string): Json {
  if (resource === '*') return resource;
  if (resource.startsWith('s3://')) return globalArn('s3', resource.slice('s3://'.length));
  const [, tail] = /^arn:[^:]+(:.*)$/.exec(resource) ?? [];
  return tail === undefined ? arn(service, resource) : sub(`arn:\${AWS::Partition}${tail}`);
}
