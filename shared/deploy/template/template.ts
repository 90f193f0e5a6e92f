import type { Json } from '../../json.ts';

/** The part of a CloudFormation template that this project writes. */
export type Template = { readonly Resources: Resources; readonly Outputs: Outputs };

export type Resources = Readonly<Record<string, Resource>>;

/** Adds properties to every resource of a type, such as a permissions boundary. */
export function withProperties(
  resources: Resources,
  type: string,
  properties: { readonly [name: string]: Json },
): Record<string, Resource> {
  if (Object.keys(properties).length === 0) return { ...resources };
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      id,
      resource.Type === type ? { ...resource, Properties: { ...resource.Properties, ...properties } } : resource,
    ]),
  );
}

export type Outputs = Readonly<Record<string, { readonly Description: string; readonly Value: Json }>>;

export type Resource = {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: Json };
  readonly DependsOn?: readonly string[];
  /**
   * Both policies keep resources that hold data or that running executions use. `RetainExceptOnCreate` still deletes
   * what a failed first deployment made, so that the deployment can be repeated.
   */
  readonly DeletionPolicy?: 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Retain';
  readonly Metadata?: { readonly [name: string]: Json };
};

export function ref(logicalId: string): Json {
  return { Ref: logicalId };
}

export function getAtt(logicalId: string, attribute: string): Json {
  return { 'Fn::GetAtt': [logicalId, attribute] };
}

/** CloudFormation fills in `${AWS::…}`. Only pseudo parameters: everything else is known here. */
export function sub(text: string): Json {
  return { 'Fn::Sub': text };
}

/** Escapes a user's name within an ARN of a policy, for CloudFormation's `${…}` and IAM's wildcards. */
export function literal(name: string): string {
  return name.replaceAll(/[$*?]/g, (character) => `\${!${character}}`);
}

/** The ARN of something that has neither Region nor account in it, such as a bucket. */
export function globalArn(service: string, resource: string): Json {
  return sub(`arn:\${AWS::Partition}:${service}:::${resource}`);
}

/** The ARN of something in the stack's account, in no Region, such as a role. */
export function accountArn(service: string, resource: string): Json {
  return sub(`arn:\${AWS::Partition}:${service}::\${AWS::AccountId}:${resource}`);
}

/** The ARN of something in the stack's account and region. `resource` is what follows the account. */
export function arn(service: string, resource: string): Json {
  return sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
}
