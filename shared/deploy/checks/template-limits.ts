import type { Resources } from '../template/template.ts';

/** CloudFormation's own limits for one template. */
const most = { resources: 500, bytes: 1_000_000 };

/**
 * Resources that Serverless adds: its bucket with a policy, and for each of our functions the function and its log
 * group.
 */
export function besideOurs(functions: number): number {
  return 2 + 2 * functions;
}

/** The limit that the template exceeds, with the figure and the remedy. Undefined: it fits. */
export function overLimit(
  name: string,
  template: { readonly Resources: Resources },
  others: { readonly resources: number; readonly nested: boolean },
): { readonly message: string; readonly remedy: string } | undefined {
  const resources = Object.keys(template.Resources).length + others.resources;
  const bytes = new TextEncoder().encode(JSON.stringify(template)).length;
  const remedy = others.nested
    ? 'deploy the pipelines in more than one service'
    : 'set custom.gluewright.nested: true, which gives each pipeline a stack of its own';
  if (resources > most.resources)
    return { message: `${name} would have ${resources} resources; CloudFormation allows ${most.resources}`, remedy };
  if (bytes > most.bytes)
    return { message: `${name} would take ${bytes} bytes; CloudFormation allows ${most.bytes}`, remedy };
  return undefined;
}
