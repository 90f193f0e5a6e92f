import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { arn, literal, sub } from '../template/template.ts';
import type { Statement } from './policy.ts';

/** The permissions that a hand-written definition needs, or the states whose needs are unknown. */
export type RawPermissions = { readonly statements: readonly Statement[]; readonly unknown: readonly string[] };

/** Reads Task states with the integrations below, if they name their resource as a constant. */
export function rawPermissions(definition: JsonObject): RawPermissions {
  const grants = new Map<string, { actions: readonly string[]; resources: Map<string, Json> }>();
  // starts executions of its own machine, and accesses buckets through many kinds of item readers
  const unknown: string[] = distributedMapsIn(definition);
  for (const [name, state] of tasksIn(definition)) {
    const found = grantsOf(state);
    if (found === undefined) unknown.push(name);
    for (const { actions, resource } of found ?? []) {
      const key = actions.join();
      const grant = grants.get(key) ?? { actions, resources: new Map<string, Json>() };
      grants.set(key, { ...grant, resources: grant.resources.set(JSON.stringify(resource), resource) });
    }
  }
  const statements = [...grants.values()].map(({ actions, resources }, index): Statement => {
    return { sid: `Tasks${index + 1}`, actions, resources: [...resources.values()] };
  });
  return { statements, unknown };
}

type Grant = { readonly actions: readonly string[]; readonly resource: Json };

/** A constant of the task's `Arguments` or `Parameters`; undefined for expressions and paths. */
type Given = (name: string) => string | undefined;

/** By the resource, without `arn:aws:states:::` and `.waitForTaskToken`. */
const integrations: Readonly<Record<string, (given: Given) => readonly Grant[] | undefined>> = {
  'lambda:invoke': (given) => allow(['lambda:InvokeFunction'], named('lambda', 'function:', given('FunctionName'))),
  'glue:startJobRun': (given) => allow(['glue:StartJobRun'], named('glue', 'job/', given('JobName'))),
  'glue:startJobRun.sync': (given) =>
    allow(
      ['glue:StartJobRun', 'glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'],
      named('glue', 'job/', given('JobName')),
    ),
  'sns:publish': (given) => allow(['sns:Publish'], given('TopicArn')),
  'sqs:sendMessage': (given) => allow(['sqs:SendMessage'], queueArn(given('QueueUrl'))),
  'dynamodb:getItem': (given) => allow(['dynamodb:GetItem'], named('dynamodb', 'table/', given('TableName'))),
  'dynamodb:putItem': (given) => allow(['dynamodb:PutItem'], named('dynamodb', 'table/', given('TableName'))),
  'dynamodb:updateItem': (given) => allow(['dynamodb:UpdateItem'], named('dynamodb', 'table/', given('TableName'))),
  'dynamodb:deleteItem': (given) => allow(['dynamodb:DeleteItem'], named('dynamodb', 'table/', given('TableName'))),
};

function grantsOf(state: JsonObject): readonly Grant[] | undefined {
  const { Resource, Arguments, Parameters } = state;
  if (typeof Resource !== 'string') return undefined;
  if (/^arn:[^:]+:lambda:/.test(Resource)) return [{ actions: ['lambda:InvokeFunction'], resource: Resource }];
  const given: Given = (name) => {
    const values = isJsonObject(Arguments) ? Arguments : isJsonObject(Parameters) ? Parameters : {};
    const value = values[name];
    return typeof value === 'string' && !value.startsWith('{%') ? value : undefined;
  };
  const [, integration = ''] = /^arn:[^:]+:states:::(.*?)(\.waitForTaskToken)?$/.exec(Resource) ?? [];
  return Object.hasOwn(integrations, integration) ? integrations[integration]?.(given) : undefined;
}

function allow(actions: readonly string[], resource: Json | undefined): readonly Grant[] | undefined {
  return resource === undefined ? undefined : [{ actions, resource }];
}

/** Accepts a name or an ARN. */
function named(service: string, prefix: string, name: string | undefined): Json | undefined {
  return name === undefined || name.startsWith('arn:') ? name : arn(service, `${prefix}${literal(name)}`);
}

function queueArn(url: string | undefined): Json | undefined {
  const parts = /^https:\/\/sqs\.([^.]+)\.[^/]+\/(\d+)\/([^/]+)$/.exec(url ?? '');
  if (parts === null) return undefined;
  const [, region = '', account, name = ''] = parts;
  return sub(`arn:\${AWS::Partition}:sqs:${literal(region)}:${account}:${literal(name)}`);
}

function distributedMapsIn(machine: JsonObject): string[] {
  const states = isJsonObject(machine.States) ? Object.entries(machine.States) : [];
  return states.flatMap(([name, state]): string[] => {
    if (!isJsonObject(state)) return [];
    const { ItemProcessor: processor, Branches } = state;
    const config = isJsonObject(processor) && isJsonObject(processor.ProcessorConfig) ? processor.ProcessorConfig : {};
    if (config.Mode === 'DISTRIBUTED') return [name];
    const branches: readonly Json[] = Array.isArray(Branches) ? Branches : [];
    const inner = [...branches, processor ?? null, state.Iterator ?? null];
    return inner.flatMap((each) => (isJsonObject(each) ? distributedMapsIn(each) : []));
  });
}

/** Task states at any depth: in branches of Parallel states and in Maps, old and new. */
function tasksIn(machine: JsonObject): [string, JsonObject][] {
  const states = isJsonObject(machine.States) ? Object.entries(machine.States) : [];
  return states.flatMap(([name, state]): [string, JsonObject][] => {
    if (!isJsonObject(state)) return [];
    if (state.Type === 'Task') return [[name, state]];
    const branches: readonly Json[] = Array.isArray(state.Branches) ? state.Branches : [];
    const inner = [...branches, state.ItemProcessor ?? null, state.Iterator ?? null];
    return inner.flatMap((each) => (isJsonObject(each) ? tasksIn(each) : []));
  });
}
