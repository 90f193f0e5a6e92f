import type { Json } from '../../json.ts';
import { allKinds } from '../../tasks/kinds.ts';
import type { CallName } from '../../tasks/service-call.ts';
import type { Use } from '../../tasks/task-kind.ts';

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
  | 'jobLogs'
  | 'sessions'
  | 'any';

/** The ARNs that stand behind each scope, and why, where they are wider than the names of the project. */
export type Reach = Readonly<
  Record<Exclude<Scope, 'any'>, { readonly arns: readonly Json[]; readonly reason?: string; readonly condition?: Json }>
>;

/** What the functions send besides the calls of the kinds of tasks. Named as the SDK's classes, without `Command`. */
const own = {
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

  GetLogEvents: [{ action: 'logs:GetLogEvents', on: 'jobLogs' }],
  // IAM's reference names only sessions for it; the address of a job run may as well be asked of the job
  GetDashboardUrl: [
    { action: 'glue:GetDashboardUrl', on: 'ownJobRuns' },
    { action: 'glue:GetDashboardUrl', on: 'sessions' },
  ],
} as const satisfies Record<string, readonly Grant[]>;

type OwnName = keyof typeof own;
export type OperationName = OwnName | CallName;

/** The calls that the kinds of tasks send. */
export const workCalls: readonly CallName[] = [
  ...new Set(allKinds.flatMap(({ runs }) => runs.sends.map(({ call }) => call))),
];

/** Every command that a function may send. A test looks for them in the bundles. */
export const operations: readonly OperationName[] = [...Object.keys(own).filter(isOwn), ...workCalls];

/** What the deployed pipelines name. Only that may be begun. */
const named = { job: ['jobs'] } as const satisfies Record<Use['what'], readonly Scope[]>;

/** All that is the stack's own: work of what this deployment no longer names is still asked about and stopped. */
const owned = { job: ['ownJobRuns'] } as const satisfies Record<Use['what'], readonly Scope[]>;

/** A job that only triggers is asked about, too: its runs are listed, and whether one is ours is in its arguments. */
const watching: ReadonlySet<OperationName> = new Set(['glue:GetJobRun', 'glue:GetJobRuns']);

export function grantsOf(name: OperationName): readonly Grant[] {
  if (isOwn(name)) return own[name];
  const sent = allKinds.flatMap(({ runs }) => runs.sends.filter(({ call }) => call === name));
  const on = sent.flatMap(({ on, begins }) => (begins ? named[on] : [...named[on], ...owned[on]]));
  const all: Scope[] = watching.has(name) ? [...on, 'watchedJobs'] : on;
  return [...new Set(all)].map((scope) => ({ action: name, on: scope }));
}

function isOwn(name: string): name is OwnName {
  return Object.hasOwn(own, name);
}

/** Why an action of scope `any` stands on `*`. */
export const whyAny: Readonly<Record<string, string>> = {
  states: 'Callbacks carry a task token, not an ARN: IAM has no resource level for states:SendTask*',
};
