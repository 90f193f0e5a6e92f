import { type OperationName, workCalls } from './operations.ts';

/** What invokes a function, as far as its role is concerned. */
export type Invocation =
  /** By a state: the machine's role is what allows it. */
  | 'state'
  /** By EventBridge or its Scheduler, asynchronously: its failures go to the dead letters. */
  | 'event'
  /** By a rule, every minute: a failed one is not kept, since the next one comes. */
  | 'sweep'
  /** By API Gateway: the function's own permission is what allows it. */
  | 'api'
  /** By Lambda itself, which reads the queue in the function's name. */
  | 'arrivals';

export type FunctionSetting = { readonly invoked: Invocation; readonly sends: readonly OperationName[] };

/** Whatever writes tells others of it. */
const ledger = ['GetItem', 'Query', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'PutEvents'] as const;

/** Whatever advances an attempt may start the one behind it in the queue, stop it, ask for it, deliver its outcome. */
const attempts = [...workCalls, 'GetObject', 'SendTaskSuccess', 'SendTaskFailure'] as const;

/** Whatever ends a run may start the one behind it, and stops what is left of it. */
const runs = ['StartExecution', 'DescribeExecution', 'StopExecution'] as const;

/**
 * The functions and the SDK commands that each sends. The roles are made of this; a test fails when a function's
 * bundle can send a command that is not here, and when something stands here that it cannot.
 */
export const functions = {
  // an arrival among the dead letters that is taken again ends in a manifest
  api: { invoked: 'api', sends: [...ledger, ...attempts, ...runs, 'PutObject', 'GetLogEvents', 'GetDashboardUrl'] },
  // a task may be a run of another pipeline
  'start-task': { invoked: 'state', sends: [...ledger, ...attempts, ...runs] },
  signal: { invoked: 'state', sends: [...ledger, 'SendTaskSuccess'] },
  'finish-run': { invoked: 'state', sends: [...ledger, ...attempts, ...runs] },
  'on-task-event': { invoked: 'event', sends: [...ledger, ...attempts, ...runs] },
  'on-run-state': { invoked: 'event', sends: [...ledger, ...attempts, ...runs] },
  'on-objects': { invoked: 'arrivals', sends: [...ledger, ...attempts, ...runs, 'PutObject'] },
  'on-trigger': { invoked: 'event', sends: [...ledger, ...attempts, ...runs] },
  reconcile: { invoked: 'sweep', sends: [...ledger, ...attempts, ...runs, 'PutObject'] },
} as const satisfies Readonly<Record<string, FunctionSetting>>;

export type FunctionName = keyof typeof functions;
