import * as z from 'zod/mini';
import { mostPlaces } from '../../model/pool.ts';
import * as f from '../../reading/fields.ts';

/** `jobs/jobs.yml`: the Glue jobs that pipelines name, as far as Gluewright needs to know them. */

export const jobTypes = ['pythonshell', 'glueetl'] as const;

/** `WorkerType` of the Glue API. */
const workerTypes = [
  ...['Standard', 'G.025X', 'G.1X', 'G.2X', 'G.4X', 'G.8X', 'G.12X', 'G.16X'],
  ...['R.1X', 'R.2X', 'R.4X', 'R.8X', 'Z.2X'],
] as const;

const glueVersion = f.field(z.string().check(z.regex(/^\d{1,3}\.\d{1,3}$/)), {
  expected: 'a Glue version in quotes, such as "5.1"',
  remedy: 'put it in quotes: without quotes, 4.0 is the number 4',
});

const maxCapacity = f.field(z.number().check(z.gt(0), z.maximum(100)), {
  expected: 'a number of DPUs, such as 0.0625 or 1',
  remedy: 'Python shell jobs take 0.0625 or 1',
});

const argument = f.field(z.string(), {
  expected: 'a text, as all arguments of Glue are',
  remedy: 'put it in quotes, so that the job gets exactly this text',
});

const tag = f.field(z.string(), { expected: 'a text, as all tags are', remedy: 'put it in quotes' });

const command = f.field(z.string().check(z.minLength(1)), {
  expected: 'a text, one word of the command',
  remedy: 'write the command as a list, such as [python3, -u]; the script and its arguments follow it',
});

const jobName = f.field(z.string().check(z.minLength(1), z.maxLength(255)), {
  expected: 'the name of a Glue job, 1 to 255 letters',
  remedy: 'rename it',
});

const script = f.field(z.string().check(z.minLength(1)), {
  expected: 'the path of a script',
  remedy: "write the path from the project's root, such as jobs/extract.py; leave it out for a job that already exists",
});

const variable = f.field(z.string().check(z.regex(/^(?!AWS_)[A-Za-z_][A-Za-z0-9_]*$/)), {
  expected: 'the name of an environment variable',
  remedy: 'use letters, digits and _',
});

/** How a job runs locally. */
export const local = z.strictObject({
  env: f.about('Additional environment variables', z.record(variable, f.text), [{ MODE: 'local' }]),
  command: f.about('The program that runs the script; Python by default', f.oneOrMore(command), [['python3', '-u']]),
  image: f.about('A container image in which Docker runs the command', f.text, ['public.ecr.aws/glue/aws-glue-libs:5']),
  paths: f.about('true: replaces s3:// addresses in arguments by local paths', f.flag),
});

const connection = f.field(z.string().check(z.minLength(1)), {
  expected: 'the name of a Glue connection',
  remedy: 'write its name in the Data Catalog',
});

const roleArn = f.field(z.string().check(z.regex(/^arn:[^:]+:iam::\d{12}:role\//)), {
  expected: 'the ARN of a role, such as arn:aws:iam::111122223333:role/load',
  remedy: 'write the ARN, or leave it out for the role that the stack makes',
});

const configuration = f.field(z.string().check(z.minLength(1)), {
  expected: 'the name of a Glue security configuration',
  remedy: 'leave it out to use the encryption of the buckets',
});

const file = f.field(z.string().check(z.regex(/^[^:]+\.(py|zip|whl|egg|jar)$/)), {
  expected: 'the path of a .py, .zip, .whl, .egg or .jar file of the project',
  remedy: "write it from the project's root, such as jobs/lib/orders.py",
});

const property = f.field(z.json(), { expected: 'a value', remedy: 'write it as CloudFormation documents it' });

/** STANDARD is Glue's default; FLEX runs on spare capacity for less. */
const executionClasses = ['STANDARD', 'FLEX'] as const;

export const job = z.strictObject({
  description: f.about('For people', f.text, ['Cleans the orders of a day.']),
  script: f.about('Its path from the root of the project; leave it out for a job that already exists', script, [
    'jobs/extract.py',
  ]),
  type: f.about('pythonshell for plain Python, glueetl for Spark', f.oneOf(jobTypes)),
  glueVersion: f.about('In quotes; Glue’s own default', glueVersion, ['5.1', '6.0']),
  workers: f.about(
    'The machines of a glueetl job',
    z.strictObject({
      type: f.oneOf(workerTypes),
      count: f.described('How many of them', f.positiveInteger(1000), [2]),
    }),
    [{ type: 'G.1X', count: 2 }],
  ),
  maxCapacity: f.about('DPUs of a pythonshell job', maxCapacity, [0.0625, 1]),
  args: f.about('Default arguments as texts, without the leading --', z.record(z.string(), argument), [
    { source: 's3://landing/orders/' },
  ]),
  maxConcurrentRuns: f.about(
    'How many runs of the job there may be at a time; 1 by default',
    f.positiveInteger(1000),
    [3],
  ),
  timeout: f.about('The longest time of one run; Glue’s own default', f.duration),
  connections: f.about('Connections of the Data Catalog', f.oneOrMore(connection), ['warehouse']),
  role: f.about('The job’s role; by default the stack creates one', roleArn, [
    'arn:aws:iam::111122223333:role/glue-jobs',
  ]),
  securityConfiguration: f.about('How Glue encrypts the job’s data', configuration, ['kms-everything']),
  executionClass: f.about('FLEX runs on spare capacity for less', f.oneOf(executionClasses)),
  queuing: f.about('Whether Glue queues runs when it lacks capacity', f.flag),
  tags: f.about('Tags of the job', z.record(z.string(), tag), [{ team: 'sales' }]),
  files: f.about('Modules and jars of the project that the script needs', f.oneOrMore(file), ['jobs/lib/orders.py']),
  properties: f.about('Properties of AWS::Glue::Job that have no key of their own', z.record(z.string(), property), [
    { JobRunQueuingEnabled: true },
  ]),
  local: f.about('How the job runs on your machine', local),
});

const crawlerName = f.field(z.string().check(z.minLength(1), z.maxLength(255)), {
  expected: 'the name of a Glue crawler, 1 to 255 letters',
  remedy: 'rename it',
});

const database = f.field(z.string().check(z.regex(/^[a-z0-9_]{1,255}$/)), {
  expected: 'a database of the Data Catalog: lower-case letters, digits and _',
  remedy: 'write a name such as sales',
});

const s3Path = f.field(z.string().check(z.regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/s)), {
  expected: 'an address in S3, such as s3://landing/orders/',
  remedy: 'write the folder whose files become tables',
});

const tablePrefix = f.field(z.string().check(z.regex(/^[a-z0-9_]{0,128}$/)), {
  expected: 'a prefix of table names: lower-case letters, digits and _',
  remedy: 'write a name such as raw_',
});

/** A Glue crawler that the stack creates. */
export const crawler = z.strictObject({
  description: f.about('For people', f.text, ['The raw orders.']),
  database: f.described('The database of the Data Catalog for the tables', database, ['sales']),
  path: f.described('Folders whose files become tables', f.oneOrMore(s3Path), ['s3://landing/orders/']),
  tablePrefix: f.about('Prefix of its tables’ names', tablePrefix, ['raw_']),
  exclude: f.about('Files to leave out, as patterns below the path, such as **/*.tmp', f.oneOrMore(f.text), [
    '**/*.tmp',
    ['**/_*', '**/*.tmp'],
  ]),
});

const rulesetName = f.field(z.string().check(z.minLength(1), z.maxLength(255)), {
  expected: 'the name of a ruleset, 1 to 255 letters',
  remedy: 'rename it',
});

const dqdl = f.field(z.string().check(z.minLength(1), z.maxLength(65_536)), {
  expected: 'rules in DQDL',
  remedy: 'write them below `|`, such as `Rules = [ RowCount > 0, IsComplete "id" ]`',
});

export const poolPlaces = f.positiveInteger(mostPlaces);

/** A pool: its places, or these with more about it. */
export const pool = f.field(
  z.union([
    poolPlaces,
    z.strictObject({
      places: f.described('How many places it has', poolPlaces, [4]),
      description: f.about('For people', f.text, ['Queries of the warehouse.']),
    }),
  ]),
  {
    expected: `a number of places from 1 to ${mostPlaces}, or {places: N}`,
    remedy: 'write `warehouse: 4` or `warehouse: { places: 4, description: … }`',
  },
);

export const jobsFile = z.strictObject({
  local: f.about('How all jobs run on your machine; the keys of a job win', local),
  jobs: f.about('Each job by its name', z.record(jobName, job), [
    { 'extract-orders': { script: 'jobs/extract.py', type: 'pythonshell' } },
  ]),
  crawlers: f.about('Crawlers that the stack creates', z.record(crawlerName, crawler), [
    { raw: { database: 'sales', paths: 's3://lake/raw/' } },
  ]),
  pools: f.about('Pools: how many places the tasks of all pipelines share', z.record(f.name, pool), [
    { warehouse: 4, 'source-db': { places: 2 } },
  ]),
  rulesets: f.about('Data quality rulesets in DQDL, by their names', z.record(rulesetName, dqdl), [
    { orders: 'Rules = [ RowCount > 0 ]' },
  ]),
});

export type LocalFields = z.output<typeof local>;
