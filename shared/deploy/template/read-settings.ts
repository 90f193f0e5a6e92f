import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { mostPlaces } from '../../model/pool.ts';
import { channelSettings, readChannels } from './channel-settings.ts';
import type { Settings } from './settings.ts';
import { type SettingsProblem, settingsProblems } from './settings-problem.ts';

const bucketName = z.string().check(
  z.refine((name) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(placed(name, {})), {
    message: 'a bucket name of 3 to 63 small letters, digits, - and ., with {account} and {region} filled in',
  }),
);

const whole = (range: string, least: number, most: number) =>
  z.int(`a whole number, ${range}`).check(z.minimum(least, range), z.maximum(most, range));

const managedPolicy = z
  .string('the ARN of a managed policy')
  .check(z.regex(/^arn:[^:]+:iam::/, 'the ARN of a managed policy'));

const names = z.array(z.string('a name'), 'a list of names').check(z.minLength(1, 'one or more names'));

/** The form that a variable of the stage takes. */
const scope = z.string('a scope').check(z.regex(/^[\w.~:/?#&=-]{1,200}$/, 'a scope of letters, digits and ._~:/?#&=-'));

const settingsFile = z.strictObject(
  {
    buckets: z.optional(
      z.record(
        z.string(),
        z.union([bucketName, z.strictObject({ name: bucketName, create: z.optional(z.boolean('true or false')) })], {
          error: 'a bucket name of 3 to 63 small letters, digits, - and ., or {name, create}',
        }),
      ),
    ),
    logRetentionDays: z.optional(z.literal(retentions(), { error: `one of ${retentions().join(', ')}` })),
    alarmTopic: z.optional(z.nullable(z.string().check(z.regex(/^arn:[^:]+:sns:/, 'the ARN of an SNS topic')))),
    dashboard: z.optional(z.boolean('true or false')),
    release: z.optional(
      z.union(
        [
          z.literal('all-at-once'),
          z.strictObject({
            canary: z.strictObject({
              percent: whole('1 to 99', 1, 99),
              minutes: whole('1 to 2100', 1, 2100),
            }),
          }),
        ],
        { error: 'all-at-once, or {canary: {percent: 1 to 99, minutes: 1 to 2100}}' },
      ),
    ),
    api: z.optional(
      z.union(
        [
          z.literal('iam'),
          z.strictObject({
            jwt: z.strictObject({
              issuer: z.string('an https:// address').check(z.regex(/^https:\/\//, 'an https:// address')),
              audience: names,
              scopes: z.optional(z.strictObject({ read: scope, act: scope })),
            }),
          }),
        ],
        { error: 'iam, or {jwt: {issuer: https://…, audience: [one or more]}}' },
      ),
    ),
    notify: z.optional(channelSettings),
    // stages on which the command line asks before it acts
    protected: z.optional(z.array(z.string('a stage'), 'a list of stages')),
    nested: z.optional(z.boolean('true or false')),
    pools: z.optional(
      z.record(z.string(), whole(`a whole number, 1 to ${mostPlaces}`, 1, mostPlaces), 'places by pool'),
    ),
    functions: z.optional(z.record(z.string(), z.string('the name of a function'))),
    machineRoles: z.optional(z.record(z.string(), z.string().check(z.regex(/^arn:[^:]+:iam::/, 'the ARN of a role')))),
    jobPolicies: z.optional(z.array(managedPolicy, 'a list of ARNs of managed policies')),
    roles: z.optional(
      z.strictObject({
        path: z.optional(z.string().check(z.regex(/^\/([\w+=,.@-]+\/)*$/, 'a path such as /teams/data/'))),
        permissionsBoundary: z.optional(managedPolicy),
      }),
    ),
    kmsKey: z.optional(z.string().check(z.regex(/^arn:[^:]+:kms:[^:]+:\d+:key\//, 'the ARN of a KMS key'))),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'settings by their names' : undefined) },
);

function partitionOf(region = ''): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Names of buckets are global: two accounts or Regions that deploy the same project have each their own. */
function placed(name: string, { account = unknown.account, region = unknown.region }: Destination): string {
  return name.replaceAll('{account}', account).replaceAll('{region}', region);
}

/** Placeholders for values that are unknown when nothing is deployed. */
const unknown = { account: '000000000000', region: 'ap-southeast-1' };

/** The values that CloudWatch Logs accepts. */
function retentions(): number[] {
  return [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
}

export type SettingsReading =
  | { readonly settings: Settings; readonly problems: readonly [] }
  | { readonly settings: undefined; readonly problems: readonly SettingsProblem[] };

/** Where a deployment goes. Absent: not known yet. */
export type Destination = { readonly account?: string | undefined; readonly region?: string | undefined };

/** Reads `custom.gluewright` of `serverless.yml`; absent is all defaults. */
export function readSettings(stack: string, value: unknown, destination: Destination = {}): SettingsReading {
  const read = settingsFile.safeParse(value ?? {});
  if (!read.success) {
    const known = Object.keys(settingsFile.def.shape);
    return {
      settings: undefined,
      problems: read.error.issues.flatMap((issue) => settingsProblems(issue, value, known)),
    };
  }
  const { buckets, logRetentionDays, alarmTopic, dashboard, release, api, nested, machineRoles, jobPolicies } =
    read.data;
  const { roles = {}, kmsKey } = read.data;
  const settings: Settings = {
    stack,
    partition: partitionOf(destination.region),
    buckets: Object.fromEntries(
      Object.entries(buckets ?? {}).map(([alias, bucket]) => [
        alias,
        typeof bucket === 'string'
          ? { name: placed(bucket, destination), create: false }
          : { name: placed(bucket.name, destination), create: bucket.create ?? false },
      ]),
    ),
    logRetentionDays: logRetentionDays ?? 30,
    ...(typeof alarmTopic === 'string' && { alarmTopic }),
    channels: readChannels(read.data.notify),
    dashboard: dashboard ?? true,
    release:
      release === undefined || release === 'all-at-once'
        ? { kind: 'all-at-once' }
        : { kind: 'canary', ...release.canary },
    api:
      api === undefined || api === 'iam'
        ? { kind: 'iam' }
        : { kind: 'jwt', issuer: api.jwt.issuer, audience: api.jwt.audience, ...present({ scopes: api.jwt.scopes }) },
    nested: nested ?? false,
    pools: read.data.pools ?? {},
    functions: read.data.functions ?? {},
    machineRoles: machineRoles ?? {},
    jobPolicies: jobPolicies ?? [],
    roles: {
      ...(roles.path !== undefined && { path: roles.path }),
      ...(roles.permissionsBoundary !== undefined && { permissionsBoundary: roles.permissionsBoundary }),
    },
    ...(kmsKey !== undefined && { kmsKey }),
  };
  return { settings, problems: [] };
}
