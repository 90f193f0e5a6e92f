import type { Json } from '../../json.ts';
import { arn } from './template.ts';

/** Shortens a text to hex digits of its digest. Handed in. */
export type Digest = (text: string) => string;

/**
 * The logical id of what belongs to something that people have named: `Pipeline`, `orders-daily` and `Machine` give
 * `PipelineOrdersDailyMachine`. The kind keeps people's names apart from ours. Names that are not plain kebab-case get
 * a digest, since `orders_daily` and `ordersDaily` would give the same id. It depends on the name alone: another
 * pipeline beside it never renames a resource.
 */
export function logicalId(
  kind: 'Pipeline' | 'Job' | 'Crawler' | 'Ruleset' | 'Data' | 'Channel',
  name: string,
  what: string,
  digest: Digest,
): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const camel = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const plain = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name);
  return plain ? `${kind}${camel}${what}` : `${kind}${camel}${digest(name).slice(0, 6)}${what}`;
}

/** The logical id for one of our functions or rules: `on-objects` and `Role` give `OnObjectsRole`. */
export function ownId(name: string, what: 'Role' | 'Rule' | 'Permission' | 'Invocations'): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}${what}`;
}

/** `STACK-NAME`, shortened with a digest to the service's limit. */
export function physicalName(stack: string, name: string, limit: number, digest: Digest): string {
  const full = `${stack}-${name}`;
  return full.length <= limit ? full : `${full.slice(0, limit - 9)}-${digest(full).slice(0, 8)}`;
}

const ruleNameLimit = 64;

/** We name rules ourselves, so that policies that must exist earlier know their ARNs. */
export function ruleName(stack: string, name: string, digest: Digest): string {
  return physicalName(stack, name, ruleNameLimit, digest);
}

export function ruleArn(stack: string, name: string, digest: Digest): Json {
  return arn('events', `rule/${ruleName(stack, name, digest)}`);
}

/** Step Functions' limit for the name of a state machine. */
export const machineNameLimit = 80;

/** The alias through which runs start. */
export const liveAlias = 'live';

/**
 * Functions and state machines refer to each other, so their ARNs are made of names: CloudFormation rejects cycles
 * of references, and a nested stack would need a parameter for each.
 */
export function functionName(stack: string, name: string): string {
  return `${stack}-${name}`;
}

export function functionArn(stack: string, name: string): Json {
  return arn('lambda', `function:${functionName(stack, name)}`);
}

/** The logical id that Serverless gives a function (in its naming, `-` becomes `Dash`). */
export function functionId(name: string): string {
  return `${normalName(name)}LambdaFunction`;
}

/** The same for its log group. */
export function functionLogGroupId(name: string): string {
  return `${normalName(name)}LogGroup`;
}

function normalName(name: string): string {
  const normal = name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return `${normal.charAt(0).toUpperCase()}${normal.slice(1)}`;
}
