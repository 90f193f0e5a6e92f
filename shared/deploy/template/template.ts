import type { Json } from '../../json.ts';

/** A CloudFormation template, as far as this project writes one. */
export type Template = { readonly Resources: Resources; readonly Outputs: Outputs };

export type Resources = Readonly<Record<string, Resource>>;

/** Properties that every resource of a type gets, such as a permissions boundary. */
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
   * Both policies keep what holds data or is used by a running execution. `RetainExceptOnCreate` still deletes what a
   * failed first deployment made, so that the deployment can be repeated.
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

/** `${AWS::…}` in the text is filled in by CloudFormation. Only pseudo parameters: everything else is known here. */
export function sub(text: string): Json {
  return { 'Fn::Sub': text };
}

/** A name that others chose, within the ARN of a policy: neither CloudFormation's `${…}` nor IAM's wildcards are read in it. */
export function literal(name: string): string {
  return name.replaceAll(/[$*?]/g, (character) => `\${!${character}}`);
}

/** The ARN of something in the stack's own account and region. `resource` is all that follows the account. */
export function arn(service: string, resource: string): Json {
  return sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
}
