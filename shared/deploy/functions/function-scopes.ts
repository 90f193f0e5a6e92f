import { domainSource } from '../../events/domain-source.ts';
import { type Json, present } from '../../json.ts';
import { type Channels, channelTopic } from '../../model/channel.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { glueJob } from '../../tasks/glue-job/glue-job.ts';
import type { Thing } from '../../tasks/kind/task-kind.ts';
import { type KindName, kindOf, things, used } from '../../tasks/kinds.ts';
import { namesUsed } from '../../triggers/kinds/kinds.ts';
import { outputsBucket } from '../resources/buckets.ts';
import { ledgerId } from '../resources/ledger-table.ts';
import { machineName } from '../resources/machine-resources.ts';
import type { Digest } from '../template/names.ts';
import { accountArn, arn, getAtt, globalArn, literal, sub } from '../template/template.ts';
import { managedPoliciesOf, mostManagedPolicies } from './managed-policies.ts';
import type { Reach, Reached, ThingScope } from './operations.ts';

/** Which names are replaced by their prefix. */
type Width = { readonly machines: boolean; readonly ownJobs: boolean; readonly allJobs: boolean };

const widths: readonly Width[] = [
  { machines: false, ownJobs: false, allJobs: false },
  { machines: true, ownJobs: false, allJobs: false },
  { machines: true, ownJobs: true, allJobs: false },
];
const widest: Width = { machines: true, ownJobs: true, allJobs: true };

/**
 * The resources that the functions may use: this stack's table, machines and outputs, and the jobs that its pipelines name. Only
 * where the names would not fit into the policies of a role, the stack's own things are given by the prefix that they
 * share, which no other stage of the service has: see `checkStage`.
 *
 * @param pipelines with the names that things have on AWS
 */
export function reachOf(
  stack: string,
  pipelines: readonly { readonly pipeline: Pipeline }[],
  digest: Digest,
  buckets: readonly string[] = [],
  channels: Channels = {},
): Reach {
  const names = { ...namesOf(stack, pipelines, digest), ...(needData(pipelines) && { buckets }), channels };
  for (const width of widths) {
    const reach = reachBy(stack, names, width);
    if (Object.keys(managedPoliciesOf(stack, reach).resources).length <= mostManagedPolicies) return reach;
  }
  return reachBy(stack, names, widest);
}

/**
 * `machines`: physical names of the pipelines' own; `used`: of the things that tasks use, by their sort; `watched`: jobs by
 * their names in Glue. Each once, sorted.
 */
type Names = {
  readonly machines: readonly string[];
  readonly used: ReadonlyMap<string, readonly string[]>;
  readonly watched: readonly string[];
  /** The project's buckets, by their names on AWS. Absent: no service reads them with the functions' rights. */
  readonly buckets?: readonly string[];
  readonly channels: Channels;
};

function namesOf(
  stack: string,
  all: readonly { readonly pipeline: Pipeline }[],
  digest: Digest,
): Omit<Names, 'buckets' | 'channels'> {
  const pipelines = all.map(({ pipeline }) => pipeline);
  const triggers = pipelines.flatMap((pipeline) => Object.values(pipeline.triggers));
  return {
    machines: sorted(pipelines.map(({ name }) => machineName(stack, name, digest))),
    used: new Map(
      Object.keys(things).map((what) => [
        what,
        sorted(pipelines.flatMap(({ tasks }) => tasks.flatMap((task) => used(what, task)))),
      ]),
    ),
    watched: sorted(namesUsed(triggers, glueJob.kind)),
  };
}

/** Whether a service reads and writes the project's data with the functions' rights. */
function needData(pipelines: readonly { readonly pipeline: Pipeline }[]): boolean {
  const needs = (kind: KindName) =>
    kindOf(kind).runs.sends.some((send) => send.needs?.some(({ on }) => on === 'objects') === true);
  return pipelines.some(({ pipeline }) => pipeline.tasks.some(({ work }) => needs(work.kind)));
}

function topicsOf(stack: string, channels: Channels): Json[] {
  return Object.entries(channels).flatMap(([name, channel]): Json[] => {
    if (channel.kind === 'topic') return [literal(channel.topicArn)];
    return channel.kind === 'email' ? [arn('sns', channelTopic(stack, name))] : [];
  });
}

/** Why calls that ask and stop are allowed by the stack's prefix, and calls that start by name. */
const outlives =
  'a run may outlive the deployment that renames its job or removes its pipeline: it is still asked and stopped';

function reachBy(stack: string, { machines, used, watched, buckets, channels }: Names, width: Width): Reach {
  const own = `${stack}-*`;
  const tooMany = (count: number, what: string) => ({ reason: `${count} ${what} would not fit into policies by name` });
  const wide = width.machines ? tooMany(machines.length, 'machines') : {};
  const thingReach = (what: string, thing: Thing, names: readonly string[]): Reached => {
    const { service, resource, ours, scope } = thing;
    if (scope === 'any') return { arns: names.length === 0 ? [] : ['*'], ...present({ reason: thing.reason }) };
    const arnIn = scope === undefined ? arn : { account: accountArn, global: globalArn }[scope];
    const arnOf = (name: string): Json => arnIn(service, resource(name));
    const isOwn = (name: string): boolean => ours === true && name.startsWith(`${stack}-`);
    const foreign = names.filter((name) => !isOwn(name));
    const many = tooMany(names.length, `${what}s`);
    const { reason, condition } = thing;
    const also = present({ condition, reason });
    if (width.allJobs && foreign.length > 0) return { arns: [arnOf('*')], ...also, ...many };
    const arnsOf = (list: readonly string[]): Json[] => list.map((name) => arnOf(literal(name)));
    if (!width.ownJobs || foreign.length === names.length) return { arns: arnsOf(names), ...also };
    return { arns: [arnOf(own), ...arnsOf(foreign)], ...also, ...many };
  };
  const thingReaches = Object.entries(things).flatMap(([what, thing]): [ThingScope, Reached][] => {
    const named: [ThingScope, Reached] = [`named ${what}`, thingReach(what, thing, used.get(what) ?? [])];
    if (!thing.ours) return [named];
    return [named, [`own ${what}`, { arns: [arn(thing.service, thing.resource(own))], reason: outlives }]];
  });
  return {
    ledger: { arns: [getAtt(ledgerId, 'Arn')] },
    outputs: { arns: [{ 'Fn::Sub': `\${${outputsBucket}.Arn}/outputs/*` }] },
    manifests: { arns: [{ 'Fn::Sub': `\${${outputsBucket}.Arn}/manifests/*` }] },
    // nobody publishes events of another team's source
    bus: {
      arns: [arn('events', 'event-bus/default')],
      condition: { StringEquals: { 'events:source': domainSource } },
    },
    // Glue's own log groups hold jobs of all stacks, each run in its own streams
    jobLogs: { arns: [arn('logs', 'log-group:/aws-glue/*:log-stream:*')] },
    topics: { arns: topicsOf(stack, channels) },
    sessions: { arns: [arn('glue', 'session/jr_*')] },
    objects: {
      arns:
        buckets === undefined
          ? []
          : [
              ...buckets.map((name) => sub(`arn:\${AWS::Partition}:s3:::${name}/*`)),
              // results of queries that name no folder; outputs and manifests of runs are not Athena's
              { 'Fn::Sub': `\${${outputsBucket}.Arn}/athena/*` },
            ],
    },
    buckets: {
      arns:
        buckets === undefined
          ? []
          : [...buckets.map((name) => sub(`arn:\${AWS::Partition}:s3:::${name}`)), getAtt(outputsBucket, 'Arn')],
    },
    outputsBucket: { arns: [getAtt(outputsBucket, 'Arn')] },
    machines: {
      // Runs start through the alias, which IAM authorises by the ARN of its machine.
      arns: width.machines
        ? [arn('states', `stateMachine:${own}`)]
        : machines.map((name) => arn('states', `stateMachine:${name}`)),
      ...wide,
    },
    executions: { arns: [arn('states', `execution:${own}:*`)], reason: outlives },
    watchedJobs: thingReach('job', glueJob.things.job, watched),
    things: new Map(thingReaches),
  };
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
