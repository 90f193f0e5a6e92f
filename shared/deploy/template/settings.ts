/** What `custom.gluewright` in `serverless.yml` says, with its defaults filled in: see `docs/deploy.md`. */
export type Settings = {
  /** SERVICE-STAGE: the name that everything of this deployment begins with. */
  readonly stack: string;
  /** What a pipeline file calls a bucket → the bucket. A name that is missing here stands for itself. */
  readonly buckets: Readonly<Record<string, BucketSetting>>;
  readonly logRetentionDays: number;
  /** ARN of an SNS topic. Absent: the alarms are there and tell nobody. */
  readonly alarmTopic?: string;
  /** Whether there is a dashboard in CloudWatch. An account has three for nothing. */
  readonly dashboard: boolean;
  readonly release: ReleaseSetting;
  readonly api: ApiSetting;
  /** True: a nested stack for each pipeline, for projects that would not fit into one: see `docs/deploy.md`. */
  readonly nested: boolean;
  /** Roles for machines written by hand whose permissions cannot be read from their definition: name → ARN. */
  readonly machineRoles: Readonly<Record<string, string>>;
  /** What the jobs may do besides reading their script and writing their output: ARNs of managed policies. */
  readonly jobPolicies: readonly string[];
  /** For every role that the stack makes; some accounts refuse roles without them. */
  readonly roles: RoleSetting;
  /** ARN of a customer managed key for ledger, queues, buckets and logs. Absent: keys that AWS owns. */
  readonly kmsKey?: string;
};

/** `path` begins and ends with `/`; `permissionsBoundary` is the ARN of a managed policy. */
export type RoleSetting = { readonly path?: string; readonly permissionsBoundary?: string };

/** `create`: the stack makes the bucket and owns it. Otherwise it exists, and sends its events to EventBridge. */
export type BucketSetting = { readonly name: string; readonly create: boolean };

/** New executions go to the new version at once, or `percent` of them for `minutes` before all do. */
export type ReleaseSetting =
  | { readonly kind: 'all-at-once' }
  | { readonly kind: 'canary'; readonly percent: number; readonly minutes: number };

/**
 * Who may use the API: who is allowed `execute-api:Invoke` on it, or who has a token of the issuer. With `scopes` the
 * token has to be for reading, or for acting, or for either on one pipeline: `SCOPE:PIPELINE`.
 */
export type ApiSetting =
  | { readonly kind: 'iam' }
  | {
      readonly kind: 'jwt';
      readonly issuer: string;
      readonly audience: readonly string[];
      readonly scopes?: { readonly read: string; readonly act: string };
    };
