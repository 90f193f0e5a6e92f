import type { Json } from '../../json.ts';

/** What an SDK command needs of IAM, and on which of the stack's things. */
export type Grant = { readonly action: string; readonly on: Scope };

/** `any`: AWS has no resource level for the action. */
export type Scope =
  | 'ledger'
  | 'jobs'
  | 'ownJobRuns'
  | 'watchedJobs'
  | 'machines'
  | 'executions'
  | 'outputs'
  | 'outputsBucket'
  | 'manifests'
  | 'bus'
  | 'any';

/** The ARNs that stand behind each scope, and why, where they are wider than the names of the project. */
export type Reach = Readonly<
  Record<Exclude<Scope, 'any'>, { readonly arns: readonly Json[]; readonly reason?: string; readonly condition?: Json }>
>;

/**
 * Every SDK command that a function may send. The names are those of the SDK's classes, without `Command`; a test
 * looks for them in the bundles.
 */
export const operations = {
  GetItem: [{ action: 'dynamodb:GetItem', on: 'ledger' }],
  Query: [{ action: 'dynamodb:Query', on: 'ledger' }],
  UpdateItem: [{ action: 'dynamodb:UpdateItem', on: 'ledger' }],
  DeleteItem: [{ action: 'dynamodb:DeleteItem', on: 'ledger' }],
  // A transaction has no action of its own: its parts have.
  TransactWriteItems: [
    { action: 'dynamodb:UpdateItem', on: 'ledger' },
    { action: 'dynamodb:DeleteItem', on: 'ledger' },
  ],

  PutEvents: [{ action: 'events:PutEvents', on: 'bus' }],

  StartJobRun: [{ action: 'glue:StartJobRun', on: 'jobs' }],
  // Of a job that only triggers, too: whether its run is one of ours is in the run's arguments.
  GetJobRun: [
    { action: 'glue:GetJobRun', on: 'jobs' },
    { action: 'glue:GetJobRun', on: 'ownJobRuns' },
    { action: 'glue:GetJobRun', on: 'watchedJobs' },
  ],
  // What asks and stops is allowed for every job of the stack, also one that this deployment does not name any more.
  GetJobRuns: [
    { action: 'glue:GetJobRuns', on: 'jobs' },
    { action: 'glue:GetJobRuns', on: 'ownJobRuns' },
  ],
  BatchStopJobRun: [
    { action: 'glue:BatchStopJobRun', on: 'jobs' },
    { action: 'glue:BatchStopJobRun', on: 'ownJobRuns' },
  ],

  StartExecution: [{ action: 'states:StartExecution', on: 'machines' }],
  DescribeExecution: [{ action: 'states:DescribeExecution', on: 'executions' }],
  StopExecution: [{ action: 'states:StopExecution', on: 'executions' }],
  SendTaskSuccess: [{ action: 'states:SendTaskSuccess', on: 'any' }],
  SendTaskFailure: [{ action: 'states:SendTaskFailure', on: 'any' }],

  GetObject: [
    { action: 's3:GetObject', on: 'outputs' },
    // Without it S3 answers 403, not 404, for an object that is not there: a job that has written no output.
    { action: 's3:ListBucket', on: 'outputsBucket' },
  ],
  PutObject: [{ action: 's3:PutObject', on: 'manifests' }],
} as const satisfies Record<string, readonly Grant[]>;

export type OperationName = keyof typeof operations;

/** Why an action of scope `any` stands on `*`. */
export const whyAny: Readonly<Record<string, string>> = {
  states: 'Callbacks carry a task token, not an ARN: IAM has no resource level for states:SendTask*',
};
