import type { Compiled } from '../asl/compiled.ts';
import type { Json } from '../json.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Pools } from '../model/pool.ts';
import type { Crawler, Job } from '../pipeline/jobs/jobs-file.ts';
import { functionRole } from './functions/function-role.ts';
import { reachOf } from './functions/function-scopes.ts';
import { functions } from './functions/functions.ts';
import { managedPoliciesOf } from './functions/managed-policies.ts';
import { nativeGrants } from './permissions/native-grants.ts';
import { apiResources, httpApi } from './resources/api-resources.ts';
import { arrivalResources, arrivalRuleArns, arrivalsQueue, watchedBuckets } from './resources/arrivals.ts';
import { outputsBucket, outputsResources, ownedBucketResources } from './resources/buckets.ts';
import { crawlerResources } from './resources/crawlers.ts';
import { encrypted } from './resources/encryption.ts';
import { deadLetters, hours, invocations, ruleResources } from './resources/event-rules.ts';
import { eventTriggerPermission, eventTriggerRules } from './resources/event-trigger-resources.ts';
import { jobResources, type ScriptPlace } from './resources/jobs.ts';
import { ledgerId, ledgerTable } from './resources/ledger-table.ts';
import { type Definition, machineName } from './resources/machine-resources.ts';
import { crawlerOnAws, jobOnAws, pipelineOnAws } from './resources/physical-names.ts';
import { pipelineResources, sharedRoles } from './resources/pipeline-resources.ts';
import { deadLetterQueue, queuePolicy } from './resources/queue.ts';
import { type RawMachine, rawResources } from './resources/raw-resources.ts';
import { rulesetResources } from './resources/rulesets.ts';
import { schedulerResources } from './resources/schedule-resources.ts';
import { awaitedKinds, subscriptions } from './resources/subscriptions.ts';
import { topicResources } from './resources/topics.ts';
import { triggerResources } from './resources/trigger-resources.ts';
import { type Digest, ownId, ruleArn } from './template/names.ts';
import type { NestedTemplate } from './template/nest.ts';
import { inNestedStacks } from './template/nested-stacks.ts';
import type { Settings } from './template/settings.ts';
import {
  arn,
  getAtt,
  type Outputs,
  type Resource,
  type Resources,
  ref,
  type Template,
  withProperties,
} from './template/template.ts';
import { alarmResources } from './watch/alarms.ts';
import { dashboardResources } from './watch/dashboard.ts';
import { failedRunsResources } from './watch/failed-runs.ts';
import { lateResources } from './watch/late-runs.ts';
import { reconcileFailuresResources } from './watch/reconcile-failures.ts';
import { refusalResources } from './watch/refusals.ts';

/** Everything that a deployment consists of. */
export type Project = {
  readonly settings: Settings;
  /** With their names on AWS: see {@link pipelineOnAws}. */
  readonly pipelines: readonly { readonly pipeline: Pipeline; readonly compiled: Compiled }[];
  readonly jobs: readonly Job[];
  readonly crawlers: readonly Crawler[];
  readonly rulesets: Readonly<Record<string, string>>;
  readonly raw: readonly RawMachine[];
  readonly pools: Pools;
};

/** Functions for what is outside the template, in the deployment bucket. */
export type Places = {
  readonly digest: Digest;
  /** Takes the text of a machine's definition. */
  readonly define: (name: string, text: string) => Definition;
  readonly scriptOf: (script: string) => ScriptPlace;
  /** Takes a nested stack's template; returns its URL. */
  readonly nestedUrl: (name: string, template: NestedTemplate) => Json;
};

const machineLogs = 'MachineLogs';

/** The resources besides the functions of `serverless.yml`. */
export function stackTemplate(project: Project, places: Places): Template {
  const { settings, pipelines } = project;
  const { digest } = places;
  const names = Object.keys(functions);
  const all = pipelines.map(({ pipeline }) => pipeline);
  const watched = watchedBuckets(all);
  const machines = pipelines.map(({ pipeline }) => machineName(settings.stack, pipeline.name, digest));
  const reach = reachOf(
    settings.stack,
    pipelines,
    digest,
    Object.values(settings.buckets).map(({ name }) => name),
    settings.channels,
  );
  const managed = managedPoliciesOf(settings.stack, reach);

  const ofJobs = project.jobs.map((job) => jobOnAws(job, settings));
  const glue = jobResources(ofJobs, settings, places.scriptOf, digest);
  const crawlers = project.crawlers.map((crawler) => crawlerOnAws(crawler, settings));
  const place = { logGroup: machineLogs, define: places.define, digest };
  const parts = new Map<string, Resources>();
  for (const { pipeline, compiled } of pipelines) {
    parts.set(pipeline.name, {
      ...pipelineResources(compiled, settings, { ...place, grants: nativeGrants(pipeline) }),
      ...triggerResources(pipeline, settings.stack, digest),
    });
  }
  for (const raw of project.raw) parts.set(raw.name, rawResources(raw, settings, place));
  for (const [name, part] of parts) parts.set(name, asSet(part, settings));

  const arrivals = arrivalResources(watched, settings.stack, digest);
  const subscribed = subscriptions(arn('states', `stateMachine:${settings.stack}-`), awaitedKinds(all));
  const rules = merged(subscribed.map((each) => ruleResources(each, settings.stack, digest)));
  const alarms = alarmResources(settings);
  const byHand = project.raw.map(({ name }) => machineName(settings.stack, name, digest));
  const Resources: Record<string, Resource> = {
    [ledgerId]: ledgerTable,
    ...outputsResources(),
    ...bucketsOf(settings, watched, digest),
    [deadLetters]: deadLetterQueue(),
    ...arrivals,
    ...apiResources(settings),
    ...schedulerResources(settings.stack),
    // Scheduler and rules are done once Lambda has queued the event
    ...invocations('on-trigger', 2, hours(6)),
    ...eventTriggerPermission(settings.stack),
    ...rules,
    ...queuePolicy(deadLetters, [
      ...subscribed.map((each) => ruleArn(settings.stack, each.rule, digest)),
      eventTriggerRules(settings.stack),
      ...arrivalRuleArns(watched, settings.stack, digest),
    ]),
    ...Object.fromEntries(
      Object.entries(functions).map(([name, setting]) => [
        ownId(name, 'Role'),
        functionRole(settings.stack, name, setting, { reach, managed }),
      ]),
    ),
    ...managed.resources,
    ...refusalResources(settings.stack),
    ...lateResources(settings.stack),
    ...failedRunsResources(settings.stack),
    ...reconcileFailuresResources(settings.stack),
    ...topicResources(settings, digest),
    ...alarms,
    ...(settings.dashboard && dashboardResources(settings, [...machines, ...byHand], names, Object.keys(alarms))),
    ...glue.role,
    ...(pipelines.length === 0 ? {} : sharedRoles(settings)),
    ...crawlerResources(crawlers, settings, digest),
    ...rulesetResources(project.rulesets, settings.stack, digest),
    [machineLogs]: logGroup(settings),
    ...(settings.nested
      ? inNestedStacks(parts, glue.jobs, places.digest, places.nestedUrl)
      : merged([...parts.values(), glue.jobs])),
  };
  return { Resources: asSet(Resources, settings), Outputs: outputs() };
}

/** Applies settings to every resource of a type: see {@link Settings.roles} and {@link Settings.kmsKey}. */
function asSet(resources: Resources, { roles, kmsKey }: Settings): Record<string, Resource> {
  const ofRoles = {
    ...(roles.path !== undefined && { Path: roles.path }),
    ...(roles.permissionsBoundary !== undefined && { PermissionsBoundary: roles.permissionsBoundary }),
  };
  return encrypted(withProperties(resources, 'AWS::IAM::Role', ofRoles), kmsKey);
}

function logGroup(settings: Settings): Resource {
  return {
    Type: 'AWS::Logs::LogGroup',
    // the prefix keeps the group out of the account's log resource policy, which has room for few groups
    Properties: {
      LogGroupName: `/aws/vendedlogs/states/${settings.stack}`,
      RetentionInDays: settings.logRetentionDays,
    },
  };
}

function bucketsOf(
  settings: Settings,
  watched: ReadonlyMap<string, readonly string[]>,
  digest: Digest,
): Record<string, Resource> {
  const owned = Object.entries(settings.buckets).filter(([, bucket]) => bucket.create);
  return merged(
    owned.map(([alias, { name }]) => ownedBucketResources(alias, { name, watched: watched.has(name) }, digest)),
  );
}

function outputs(): Outputs {
  const output = (Description: string, Value: Json) => ({ Description, Value });
  return {
    ApiUrl: output('The address of the API', getAtt(httpApi, 'ApiEndpoint')),
    LedgerTable: output('The table that remembers runs', ref(ledgerId)),
    OutputBucket: output('Where jobs leave their outputs', ref(outputsBucket)),
    DeadLetterQueue: output('Events that could not be handled', ref(deadLetters)),
    ArrivalsQueueArn: output('Objects on their way to a trigger', getAtt(arrivalsQueue, 'Arn')),
  };
}

function merged(parts: readonly Resources[]): Record<string, Resource> {
  return Object.assign({}, ...parts);
}
