import type { Compiled, CompiledMachine } from '../asl/compiled.ts';
import type { Json } from '../json.ts';
import type { Job } from '../pipeline/jobs-file.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { alarmResources } from './alarms.ts';
import { arrivalResources, arrivalsQueue, watchedBuckets } from './arrivals.ts';
import { outputsBucket, outputsResources, ownedBucketResources } from './buckets.ts';
import { deadLetters, ruleResources, subscriptions } from './event-rules.ts';
import { functionRole } from './function-role.ts';
import { functions } from './functions.ts';
import { jobResources, type ScriptPlace } from './jobs.ts';
import { ledgerId, ledgerTable } from './ledger-table.ts';
import { type Definition, machineName } from './machine-resources.ts';
import { type Digest, logicalId, ownId } from './names.ts';
import { type NestedTemplate, nest } from './nest.ts';
import { jobOnAws, pipelineOnAws } from './on-aws.ts';
import { pipelineResources } from './pipeline-resources.ts';
import { deadLetterQueue, letEventBridgeSend } from './queue.ts';
import { type RawMachine, rawResources } from './raw-resources.ts';
import { reachOf } from './reach.ts';
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
  readonly define: (machine: CompiledMachine | RawMachine) => Definition;
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
  const jobs = pipelines.flatMap(({ pipeline }) => pipeline.tasks.map((task) => task.work.job));
  const machines = pipelines.map(({ pipeline }) => machineName(settings.stack, pipeline.name, digest));
  const reach = reachOf(settings.stack, machines, jobs);

  const ofJobs = project.jobs.map((job) => jobOnAws(job, settings));
  const glue = jobResources(ofJobs, settings, places.scriptOf, digest);
  const place = { logGroup: machineLogs, define: places.define, digest };
  const parts = new Map<string, Resources>();
  for (const { pipeline, compiled } of pipelines) {
    parts.set(pipeline.name, pipelineResources(compiled, settings, place));
  }
  for (const raw of project.raw) parts.set(raw.name, rawResources(raw, settings, place));

  const Resources: Record<string, Resource> = {
    [ledgerId]: ledgerTable,
    ...outputsResources(),
    ...bucketsOf(settings, watched, digest),
    [deadLetters]: deadLetterQueue(),
    ...arrivalResources(watched),
    QueuesPolicy: letEventBridgeSend([deadLetters, arrivalsQueue]),
    ...merged(subscriptions(settings.stack).map((each) => ruleResources(each))),
    ...Object.fromEntries(
      Object.entries(functions).map(([name, setting]) => [
        ownId(name, 'Role'),
        functionRole(settings.stack, name, setting, reach),
      ]),
    ),
    ...alarmResources(settings, names),
    ...glue.role,
    [machineLogs]: logGroup(settings),
    ...(settings.nested ? inNestedStacks(parts, glue.jobs, places) : merged([...parts.values(), glue.jobs])),
  };
  return { Resources, Outputs: outputs() };
}

/** Each pipeline a stack of its own: it stays there whatever is added beside it, and is untouched when others change. */
function inNestedStacks(
  parts: ReadonlyMap<string, Resources>,
  jobs: Resources,
  places: Places,
): Record<string, Resource> {
  const stacks = [...parts].map(([name, resources]): [string, Resources] => [
    logicalId('Pipeline', name, 'Stack', places.digest),
    resources,
  ]);
  for (const [id, job] of Object.entries(jobs)) {
    // By a digest of its name: a job does not move either.
    const stack = `JobsStack${places.digest(id).charAt(0).toUpperCase()}`;
    const there = stacks.find(([name]) => name === stack);
    if (there === undefined) stacks.push([stack, { [id]: job }]);
    else there[1] = { ...there[1], [id]: job };
  }
  return Object.fromEntries(
    stacks.map(([id, resources]): [string, Resource] => {
      const { template, given } = nest(resources);
      const TemplateURL = places.nestedUrl(id, template);
      return [id, { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters: given } }];
    }),
  );
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
    LedgerTable: output('The table that remembers runs', ref(ledgerId)),
    OutputBucket: output('Where jobs leave their outputs', ref(outputsBucket)),
    DeadLetterQueue: output('Events that could not be handled', ref(deadLetters)),
    ArrivalsQueueArn: output('Objects on their way to a trigger', getAtt(arrivalsQueue, 'Arn')),
  };
}

function merged(parts: readonly Resources[]): Record<string, Resource> {
  return Object.assign({}, ...parts);
}
