import type { CallName } from '../../calls/calls.ts';
import type { Json } from '../../json.ts';
import { allKinds, things } from '../../tasks/kinds.ts';

/** The IAM actions that an SDK command needs, and the scope of each. */
export type Grant = { readonly action: string; readonly on: Scope };

/** `any`: AWS has no resource level for the action. */
export type Scope = Exclude<keyof Reach, 'things'> | 'any' | ThingScope;

/** Things that tasks use: those that are named, and the work of the stack's own things. */
export type ThingScope = `named ${string}` | `own ${string}`;

/** The ARNs of a scope, and the reason if they are wider than the project's names. */
export type Reached = { readonly arns: readonly Json[]; readonly reason?: string; readonly condition?: Json };

export type Reach = {
  readonly ledger: Reached;
  readonly watchedJobs: Reached;
  readonly machines: Reached;
  readonly executions: Reached;
  readonly outputs: Reached;
  readonly outputsBucket: Reached;
  readonly manifests: Reached;
  readonly bus: Reached;
  readonly jobLogs: Reached;
  readonly sessions: Reached;
  /** Of the channels. */
  readonly topics: Reached;
  /** Of the project's buckets, where a kind of task reads and writes them with the functions' rights. */
  readonly objects: Reached;
  readonly buckets: Reached;
  readonly things: ReadonlyMap<ThingScope, Reached>;
};

/** Commands that the functions send besides the calls of task kinds, named as the SDK's classes without `Command`. */
const own = {
  GetItem: [{ action: 'dynamodb:GetItem', on: 'ledger' }],
  Query: [{ action: 'dynamodb:Query', on: 'ledger' }],
  UpdateItem: [{ action: 'dynamodb:UpdateItem', on: 'ledger' }],
  DeleteItem: [{ action: 'dynamodb:DeleteItem', on: 'ledger' }],
  // a transaction has no action of its own, only those of its parts
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
    // without it, S3 answers 403 instead of 404 for a missing object, such as the output of a job that wrote none
    { action: 's3:ListBucket', on: 'outputsBucket' },
  ],
  PutObject: [{ action: 's3:PutObject', on: 'manifests' }],

  GetLogEvents: [{ action: 'logs:GetLogEvents', on: 'jobLogs' }],
  Publish: [{ action: 'sns:Publish', on: 'topics' }],
  // IAM's reference names only sessions for it, but it also takes a job run
  GetDashboardUrl: [
    { action: 'glue:GetDashboardUrl', on: 'own job' },
    { action: 'glue:GetDashboardUrl', on: 'sessions' },
  ],
} as const satisfies Record<string, readonly Grant[]>;

type OwnName = keyof typeof own;
export type OperationName = OwnName | CallName;

/** The calls of all task kinds. */
export const workCalls: readonly CallName[] = [
  ...new Set(allKinds.flatMap(({ runs }) => runs.sends.map(({ call }) => call))),
];

/** Every command that a function may send. A test looks for them in the bundles. */
export const operations: readonly OperationName[] = [...Object.keys(own).filter(isOwn), ...workCalls];

/** Jobs of triggers are queried as well: their runs are listed, with arguments that tell whose they are. */
const watching: ReadonlySet<OperationName> = new Set(['glue:GetJobRun', 'glue:GetJobRuns']);

/**
 * Starting is allowed for things that the deployed pipelines name. Asking and stopping is allowed for everything of
 * the stack, because work may outlive the deployment that named it.
 */
export function grantsOf(name: OperationName): readonly Grant[] {
  if (isOwn(name)) return own[name];
  const sent = allKinds.flatMap(({ runs }) => runs.sends.filter(({ call }) => call === name));
  const on = sent.flatMap(({ on, begins }): ThingScope[] =>
    begins || !things[on]?.ours ? [`named ${on}`] : [`named ${on}`, `own ${on}`],
  );
  const all: Scope[] = watching.has(name) ? [...on, 'watchedJobs'] : on;
  const needs = sent.flatMap(({ needs = [] }) => needs.map(({ action, on }): Grant => ({ action, on: scopeOf(on) })));
  const action = sent.find((send) => send.action !== undefined)?.action ?? name;
  return [...[...new Set(all)].map((scope) => ({ action, on: scope })), ...needs];
}

function scopeOf(on: string): Scope {
  return on === 'objects' || on === 'buckets' ? on : `named ${on}`;
}

/** A scope's name in a policy, letters only. */
export function sidOf(scope: Scope): string {
  const [how, what] = scope.split(' ');
  if (what === undefined) return capital(scope);
  return how === 'own' ? `Own${capital(what)}Runs` : `${capital(what)}s`;
}

function capital(word: string): string {
  return word
    .split('-')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
}

/** The ARNs of a scope. None, if no pipeline names such things. */
export function reached(reach: Reach, scope: Exclude<Scope, 'any'>): Reached {
  return isThing(scope) ? (reach.things.get(scope) ?? { arns: [] }) : reach[scope];
}

function isThing(scope: Scope): scope is ThingScope {
  return scope.includes(' ');
}

function isOwn(name: string): name is OwnName {
  return Object.hasOwn(own, name);
}

/** Why an action of scope `any` needs `*`. */
export const whyAny: Readonly<Record<string, string>> = {
  states: 'Callbacks carry a task token, not an ARN: IAM has no resource level for states:SendTask*',
};
