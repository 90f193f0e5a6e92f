import type { Json } from '../../json.ts';
import { things } from '../../tasks/kinds.ts';
import { policyDocument } from '../permissions/policy.ts';
import type { Resource } from '../template/template.ts';
import { functions } from './functions.ts';
import { grantsOf, type Reach, reached, type Scope, sidOf } from './operations.ts';

/** IAM's default limit for one role. */
export const mostManagedPolicies = 10;

/** An inline policy of 10,240 characters holds the rest and four scopes of this length. */
const mostInline = 2_000;

/** A managed policy has 6,144 characters, some of which are not ARNs. */
const mostManaged = 5_600;

/** Scopes that grow with the project. */
const growing: readonly Exclude<Scope, 'any'>[] = [
  ...Object.keys(things).map((what) => `named ${what}` as const),
  'watchedJobs',
  'machines',
];

export type ManagedPolicies = {
  readonly resources: Readonly<Record<string, Resource>>;
  /** Scope → logical ids, for each scope that is kept out of the roles themselves. */
  readonly of: ReadonlyMap<Scope, readonly string[]>;
};

/** Names that are too many for each role: in policies that the functions' roles share. */
export function managedPoliciesOf(stack: string, reach: Reach): ManagedPolicies {
  const resources: Record<string, Resource> = {};
  const of = new Map<Scope, readonly string[]>();
  for (const scope of growing) {
    const { arns } = reached(reach, scope);
    if (lengthOf(arns) <= mostInline) continue;
    const sid = sidOf(scope);
    const ids = chunks(arns).map((part, index) => {
      const id = `${sid}Policy${index + 1}`;
      const PolicyDocument = policyDocument([{ sid, actions: actionsOn(scope), resources: part }]);
      const Description = `Functions of ${stack}: ${sid}`;
      resources[id] = { Type: 'AWS::IAM::ManagedPolicy', Properties: { Description, PolicyDocument } };
      return id;
    });
    of.set(scope, ids);
  }
  return { resources, of };
}

/** The actions of all functions with this scope. A test makes sure that each of them needs all. */
function actionsOn(scope: Scope): string[] {
  const sent = Object.values(functions).flatMap(({ sends }) => sends.flatMap((name) => [...grantsOf(name)]));
  return [...new Set(sent.flatMap(({ action, on }) => (on === scope ? [action] : [])))];
}

function chunks(arns: readonly Json[]): Json[][] {
  const all: Json[][] = [];
  let room = 0;
  for (const each of arns) {
    room -= lengthOf([each]);
    const last = all.at(-1);
    if (last !== undefined && room >= 0) last.push(each);
    else {
      all.push([each]);
      room = mostManaged - lengthOf([each]);
    }
  }
  return all;
}

/** In characters, each with quotes and comma, with pseudo parameters at their longest. */
function lengthOf(arns: readonly Json[]): number {
  const text = arns.map((each) => JSON.stringify(each)).join();
  return (
    text
      .replaceAll(`\${AWS::Partition}`, 'aws-us-gov')
      .replaceAll(`\${AWS::Region}`, 'ap-southeast-1')
      .replaceAll(`\${AWS::AccountId}`, '111122223333').length -
    arns.length * '{"Fn::Sub":}'.length +
    1
  );
}
