import type { Channels } from '../../model/channel.ts';
import type { Pools } from '../../model/pool.ts';

/** `custom.gluewright` of `serverless.yml`, with its defaults filled in: see `docs/deploy.md`. */
export type Settings = {
  /** SERVICE-STAGE, the prefix of every name of this deployment. */
  readonly stack: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: what ARNs begin with in the Region that is deployed to. */
  readonly partition: string;
  /** The bucket for each name in pipeline files. A name that is missing here is the bucket's own. */
  readonly buckets: Readonly<Record<string, BucketSetting>>;
  readonly logRetentionDays: number;
  /** ARN of an SNS topic. Absent: alarms notify nobody. */
  readonly alarmTopic?: string;
  /** Who is notified of failures, late runs, recoveries and approvals. */
  readonly channels: Channels;
  /** Whether to make a CloudWatch dashboard. Three are free in an account. */
  readonly dashboard: boolean;
  readonly release: ReleaseSetting;
  readonly api: ApiSetting;
  /** True: a nested stack for each pipeline, for projects too large for one: see `docs/deploy.md`. */
  readonly nested: boolean;
  /** The places of pools on this stage, where they differ from `jobs/jobs.yml`. */
  readonly pools: Pools;
  /** Names on AWS of functions that tasks invoke, by their names in the project. */
  readonly functions: Readonly<Record<string, string>>;
  /** Roles for hand-written machines whose permissions cannot be derived: name → ARN. */
  readonly machineRoles: Readonly<Record<string, string>>;
  /** Managed policies for jobs, beyond reading their script and writing their output: ARNs. */
  readonly jobPolicies: readonly string[];
  /** For every role of the stack; some accounts refuse roles without them. */
  readonly roles: RoleSetting;
  /** ARN of a customer managed key for ledger, queues, buckets and logs. Absent: keys that AWS owns. */
  readonly kmsKey?: string;
};

/** `path` begins and ends with `/`; `permissionsBoundary` is the ARN of a managed policy. */
export type RoleSetting = { readonly path?: string; readonly permissionsBoundary?: string };

/** `create`: the stack makes and owns the bucket. Otherwise it exists and sends its events to EventBridge. */
export type BucketSetting = { readonly name: string; readonly create: boolean };

/** New executions use the new version at once, or `percent` of them for `minutes` before all do. */
export type ReleaseSetting =
  | { readonly kind: 'all-at-once' }
  | { readonly kind: 'canary'; readonly percent: number; readonly minutes: number };

/**
 * Who may use the API: callers with `execute-api:Invoke`, or with a token of the issuer. With `scopes`, the token
 * must be for reading, for acting, or for either on one pipeline: `SCOPE:PIPELINE`.
 */
export type ApiSetting =
  | { readonly kind: 'iam' }
  | {
      readonly kind: 'jwt';
      readonly issuer: string;
      readonly audience: readonly string[];
      readonly scopes?: { readonly read: string; readonly act: string };
    };
