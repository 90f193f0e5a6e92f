import type { Json } from '../../json.ts';
import type { Job } from '../../pipeline/jobs/jobs-file.ts';
import { role, type Statement } from '../permissions/policy.ts';
import { type Digest, logicalId } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { arn, getAtt, type Resource, ref, sub } from '../template/template.ts';
import { outputsBucket } from './buckets.ts';

const jobRole = 'JobsRole';

/** Where a job's script is in the deployment bucket. */
export type ScriptPlace = { readonly bucket: Json; readonly key: string };

/** The name in Glue of a job that the stack makes. Each stage has its own. */
export function jobName(stack: string, job: string): string {
  return `${stack}-${job}`;
}

/** The name in Glue of a described job. A job without a script exists already under its own name. */
export function nameInGlue(stack: string, job: Job): string {
  return job.script === undefined ? job.name : jobName(stack, job.name);
}

/** The role of the Glue jobs, and the jobs that have a script. Others exist already. */
export function jobResources(
  jobs: readonly Job[],
  settings: Settings,
  scriptOf: (script: string) => ScriptPlace,
  digest: Digest,
): { readonly role: Record<string, Resource>; readonly jobs: Record<string, Resource> } {
  const owned = jobs.flatMap((job) =>
    job.script === undefined ? [] : [{ job, place: scriptOf(job.script), files: filesOf(job, scriptOf) }],
  );
  const scripts = owned.flatMap(({ place, files }) => [place, ...files.map((file) => file.place)]);
  return {
    role: owned.length === 0 ? {} : { [jobRole]: roleOfJobs(settings, scripts) },
    jobs: Object.fromEntries(
      owned.map((one) => [logicalId('Job', one.job.name, '', digest), jobResource(one, settings)]),
    ),
  };
}

type OwnedJob = {
  readonly job: Job;
  readonly place: ScriptPlace;
  readonly files: readonly { readonly file: string; readonly place: ScriptPlace }[];
};

function filesOf({ files = [] }: Job, scriptOf: (script: string) => ScriptPlace): OwnedJob['files'] {
  return files.map((file) => ({ file, place: scriptOf(file) }));
}

function jobResource({ job, place: script, files }: OwnedJob, settings: Settings): Resource {
  const shell = job.type === 'pythonshell';
  return {
    Type: 'AWS::Glue::Job',
    Properties: {
      Name: jobName(settings.stack, job.name),
      Role: job.role ?? getAtt(jobRole, 'Arn'),
      Command: {
        Name: job.type,
        PythonVersion: shell ? '3.9' : '3',
        ScriptLocation: address(script),
      },
      // otherwise Glue would start a second run; retries belong to the pipeline
      MaxRetries: 0,
      ExecutionProperty: { MaxConcurrentRuns: job.maxConcurrentRuns },
      ...(job.timeoutMinutes !== undefined && { Timeout: job.timeoutMinutes }),
      ...(job.glueVersion !== undefined ? { GlueVersion: job.glueVersion } : !shell && { GlueVersion: '5.0' }),
      ...workersOf(job),
      ...(job.maxCapacity !== undefined ? { MaxCapacity: job.maxCapacity } : shell && { MaxCapacity: 0.0625 }),
      ...(job.connections !== undefined && { Connections: { Connections: job.connections } }),
      ...(job.securityConfiguration !== undefined && { SecurityConfiguration: job.securityConfiguration }),
      ...(job.executionClass !== undefined && { ExecutionClass: job.executionClass }),
      ...(job.queuing !== undefined && { JobRunQueuingEnabled: job.queuing }),
      ...(job.tags !== undefined && { Tags: { ...job.tags } }),
      DefaultArguments: {
        ...fileArguments(job, files),
        ...Object.fromEntries(Object.entries(job.args).map(([name, value]) => [`--${name}`, value])),
      },
      ...job.properties,
    },
  };
}

/** The arguments by which Glue finds modules and jars. pip installs wheels from their addresses. */
function fileArguments({ type }: Job, files: OwnedJob['files']): { readonly [name: string]: Json } {
  const kindOf = (file: string): string => {
    if (file.endsWith('.jar')) return '--extra-jars';
    return file.endsWith('.whl') && type === 'glueetl' ? '--additional-python-modules' : '--extra-py-files';
  };
  const groups = Map.groupBy(files, ({ file }) => kindOf(file));
  return Object.fromEntries([...groups].map(([name, of]) => [name, commaSeparated(of.map(({ place }) => place))]));
}

function commaSeparated(places: readonly ScriptPlace[]): Json {
  return { 'Fn::Join': [',', places.map(address)] };
}

function address({ bucket, key }: ScriptPlace): Json {
  return { 'Fn::Join': ['', ['s3://', bucket, `/${key}`]] };
}

/** Glue has no default for a Spark job: take the fewest workers of the smallest common type. */
function workersOf({ type, workers }: Job): { readonly [name: string]: Json } {
  if (type === 'pythonshell') return {};
  return { WorkerType: workers?.type ?? 'G.1X', NumberOfWorkers: workers?.count ?? 2 };
}

/** Permissions for script, output and logs, the buckets of the settings, and policies that the deployer adds. */
function roleOfJobs(settings: Settings, scripts: readonly ScriptPlace[]): Resource {
  const buckets = Object.values(settings.buckets).map(({ name }) => sub(`arn:\${AWS::Partition}:s3:::${name}`));
  const objects = Object.values(settings.buckets).map(({ name }) => sub(`arn:\${AWS::Partition}:s3:::${name}/*`));
  // Every digest: a job run that is starting while its script changes still reads the script that it began with.
  const scriptArns = unique(scripts.map(({ bucket, key }) => inBucket(bucket, `${scriptFolder(key)}/*`)));
  const statements: Statement[] = [
    { sid: 'Script', actions: ['s3:GetObject'], resources: scriptArns },
    { sid: 'Output', actions: ['s3:PutObject'], resources: [{ 'Fn::Sub': `\${${outputsBucket}.Arn}/outputs/*` }] },
    { sid: 'Manifests', actions: ['s3:GetObject'], resources: [{ 'Fn::Sub': `\${${outputsBucket}.Arn}/manifests/*` }] },
    {
      sid: 'Data',
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      resources: objects,
    },
    { sid: 'ListData', actions: ['s3:GetBucketLocation', 's3:ListBucket'], resources: buckets },
    {
      sid: 'Log',
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      // Glue's own groups; their names are not ours to choose.
      resources: [arn('logs', 'log-group:/aws-glue/*')],
    },
  ];
  return role('glue.amazonaws.com', `Glue jobs of ${settings.stack}`, statements, settings.jobPolicies);
}

/** `…/jobs` of `…/jobs/DIGEST/FILE`. */
function scriptFolder(key: string): string {
  return key.split('/').slice(0, -2).join('/');
}

function inBucket(bucket: Json, key: string): Json {
  return { 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':s3:::', bucket, `/${key}`]] };
}

function unique(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
