import type { Json } from '../../json.ts';
import { type Resource, ref } from '../template/template.ts';

/** One statement of a policy. IAM has no comments: reasons become the role's metadata. */
export type Statement = {
  /** Letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly Json[];
  readonly condition?: Json;
  /** Required if the resource is `*`, and only then. */
  readonly reason?: string;
};

/**
 * A role for one service, with one inline policy. Empty statements are left out.
 *
 * @param managed ARNs of managed policies
 */
export function role(
  service: string,
  description: string,
  statements: readonly Statement[],
  managed: readonly Json[] = [],
): Resource {
  const used = statements.filter((statement) => statement.actions.length > 0 && statement.resources.length > 0);
  const reasons = used.flatMap(({ sid, reason }) => (reason === undefined ? [] : [[sid, reason]]));
  return {
    Type: 'AWS::IAM::Role',
    ...(reasons.length > 0 && { Metadata: { WhyAnyResource: Object.fromEntries(reasons) } }),
    Properties: {
      Description: description,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: service },
            Action: 'sts:AssumeRole',
            // against a confused deputy: the service may take the role only for this account's resources
            ...(guarded.has(service) && {
              Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
            }),
          },
        ],
      },
      ...(managed.length > 0 && { ManagedPolicyArns: managed }),
      Policies: [{ PolicyName: 'work', PolicyDocument: policyDocument(used) }],
    },
  };
}

export function policyDocument(statements: readonly Statement[]): Json {
  return { Version: '2012-10-17', Statement: statements.map(print) };
}

/**
 * Services that say for which resource they assume a role. Lambda does not, and Glue does not document it for a job's
 * role, so a condition could keep jobs from starting. Both accept a role only from callers in the account that may pass
 * it.
 */
const guarded: ReadonlySet<string> = new Set(['states.amazonaws.com', 'scheduler.amazonaws.com']);

function print(statement: Statement): Json {
  return {
    Sid: statement.sid,
    Effect: 'Allow',
    Action: [...statement.actions].sort(),
    Resource: statement.resources,
    ...(statement.condition !== undefined && { Condition: statement.condition }),
  };
}
