import type { Compiled } from '../asl/compiled.ts';
import type { Json } from '../json.ts';
import type { Job } from '../pipeline/jobs-file.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { alarmResources } from './alarms.ts';
import { apiResources, httpApi } from './api-resources.ts';
import { arrivalResources, arrivalsDeadLetters, arrivalsQueue, watchedBuckets } from './arrivals.ts';
import { outputsBucket, outputsResources, ownedBucketResources } from './buckets.ts';
import { dashboardResources } from './dashboard.ts';
import { deadLetters, hours, invocations, ruleResources, subscriptions } from './event-rules.ts';
import { failedRunsResources } from './failed-runs.ts';
import { functionRole } from './function-role.ts';
import { functions } from './functions.ts';
import { inNestedStacks } from './in-nested-stacks.ts';
import { jobResources, type ScriptPlace } from './jobs.ts';
import { lateResources } from './late-runs.ts';
import { ledgerId, ledgerTable } from './ledger-table.ts';
import { type Definition, machineName } from './machine-resources.ts';
import { managedPoliciesOf } from './managed-policies.ts';
import { type Digest, ownId } from './names.ts';
import type { NestedTemplate } from './nest.ts';
import { jobOnAws, pipelineOnAws } from './on-aws.ts';
import { pipelineResources } from './pipeline-resources.ts';
import { deadLetterQueue, queuesPolicy } from './queue.ts';
import { type RawMachine, rawResources } from './raw-resources.ts';
import { reachOf } from './reach.ts';
import { reconcileFailuresResources } from './reconcile-failures.ts';
import { refusalResources } from './refusals.ts';
import { scheduleResources, schedulerResources } from './schedule-resources.ts';
import type { Settings } from './settings.ts';
import { getAtt, type Outputs, type Resource, type Resources, ref, type Template } from './template.ts';

/** Everything that a deployment is made of. */
export type Project = {
  readonly settings: Settings;
  /** With the names that they have on AWS: see {@link pipelineOnAws}. */
  readonly pipelines: readonly { readonly pipeline: Pipeline; readonly compiled: Compiled }[];
  readonly jobs: readonly Job[];
  readonly raw: readonly RawMachine[];
};

/** What lies outside of the template, in the deployment bucket. */
export type Places = {
  readonly digest: Digest;
  /** Takes the text of a machine's definition. */
  readonly define: (name: string, text: string) => Definition;
  readonly scriptOf: (script: string) => ScriptPlace;
  /** Takes the template of a nested stack; answers its URL. */
  readonly nestedUrl: (name: string, template: NestedTemplate) => Json;
};

const machineLogs = 'MachineLogs';

/** The resources that stand beside the functions of `serverless.yml`. */
export function stackTemplate(project: Project, places: Places): Template {
  const { settings, pipelines } = project;
  const { digest } = places;
  const names = Object.keys(functions);
  const watched = watchedBuckets(pipelines.map(({ pipeline }) => pipeline));
  const machines = pipelines.map(({ pipeline }) => machineName(settings.stack, pipeline.name, digest));
  const reach = reachOf(settings.stack, pipelines, digest);
  const managed = managedPoliciesOf(settings.stack, reach);

  const ofJobs = project.jobs.map((job) => jobOnAws(job, settings));
  const glue = jobResources(ofJobs, settings, places.scriptOf, digest);
  const place = { logGroup: machineLogs, define: places.define, digest };
  const parts = new Map<string, Resources>();
  for (const { pipeline, compiled } of pipelines) {
    parts.set(pipeline.name, {
      ...pipelineResources(compiled, settings, place),
      ...scheduleResources(pipeline, settings.stack, digest),
    });
  }
  for (const raw of project.raw) parts.set(raw.name, rawResources(raw, settings, place));

  const arrivals = arrivalResources(watched);
  const rules = merged(subscriptions(settings.stack).map((each) => ruleResources(each)));
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
    // Scheduler, too, is done once Lambda has queued the event.
    ...invocations('on-schedule', 2, hours(6)),
    ...rules,
    QueuesPolicy: queuesPolicy({
      [deadLetters]: rulesIn({ ...rules, ...arrivals }),
      [arrivalsQueue]: rulesIn(arrivals),
      [arrivalsDeadLetters]: [],
    }),
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
    ...alarms,
    ...(settings.dashboard && dashboardResources(settings, [...machines, ...byHand], names, Object.keys(alarms))),
    ...glue.role,
    [machineLogs]: logGroup(settings),
    ...(settings.nested
      ? inNestedStacks(parts, glue.jobs, places.digest, places.nestedUrl)
      : merged([...parts.values(), glue.jobs])),
  };
  return { Resources, Outputs: outputs() };
}

function rulesIn(resources: Resources): string[] {
  return Object.keys(resources).filter((id) => resources[id]?.Type === 'AWS::Events::Rule');
}

function logGroup(settings: Settings): Resource {
  return {
    Type: 'AWS::Logs::LogGroup',
    // The prefix keeps the group out of the account's log resource policy, which has room for a few groups only.
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
    ApiUrl: output('Where runs are started, shown and stopped', getAtt(httpApi, 'ApiEndpoint')),
    LedgerTable: output('The table that remembers runs', ref(ledgerId)),
    OutputBucket: output('Where jobs leave their outputs', ref(outputsBucket)),
    DeadLetterQueue: output('Events that could not be handled', ref(deadLetters)),
    ArrivalsQueueArn: output('Objects on their way to a trigger', getAtt(arrivalsQueue, 'Arn')),
  };
}

function merged(parts: readonly Resources[]): Record<string, Resource> {
  return Object.assign({}, ...parts);
}
