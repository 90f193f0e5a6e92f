import type { Json } from '../../json.ts';
import { type Digest, logicalId } from './names.ts';
import { type NestedTemplate, nest } from './nest.ts';
import type { Resource, Resources } from './template.ts';

/** Gives each pipeline a stack of its own, so that pipelines do not affect each other's resources. */
export function inNestedStacks(
  parts: ReadonlyMap<string, Resources>,
  jobs: Resources,
  digest: Digest,
  nestedUrl: (name: string, template: NestedTemplate) => Json,
): Record<string, Resource> {
  const stacks = [...parts].map(([name, resources]): [string, Resources] => [
    logicalId('Pipeline', name, 'Stack', digest),
    resources,
  ]);
  for (const [id, job] of Object.entries(jobs)) {
    // by a digest of its name, so that a job never moves to another stack
    const stack = `JobsStack${digest(id).charAt(0).toUpperCase()}`;
    const there = stacks.find(([name]) => name === stack);
    if (there === undefined) stacks.push([stack, { [id]: job }]);
    else there[1] = { ...there[1], [id]: job };
  }
  return Object.fromEntries(
    stacks.map(([id, resources]): [string, Resource] => {
      const { template, given, after } = nest(resources);
      const TemplateURL = nestedUrl(id, template);
      const Properties = { TemplateURL, Parameters: given };
      return [id, { Type: 'AWS::CloudFormation::Stack', ...(after.length > 0 && { DependsOn: after }), Properties }];
    }),
  );
}
