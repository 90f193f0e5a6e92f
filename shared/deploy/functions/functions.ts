import { type OperationName, workCalls } from './operations.ts';

/** The caller of a function, for its role. */
export type Invocation =
  /** A state. The machine's role allows it. */
  | 'state'
  /** EventBridge or its Scheduler, asynchronously. Failed invocations go to the dead letters. */
  | 'event'
  /** A rule, every minute. Failed invocations are dropped, because the next one comes soon. */
  | 'sweep'
  /** API Gateway. The function's own permission allows it. */
  | 'api'
  /** Lambda itself, which reads the queue on the function's behalf. */
  | 'arrivals';

export type FunctionSetting = { readonly invoked: Invocation; readonly sends: readonly OperationName[] };

/** Every function that writes to the ledger also publishes events. */
const ledger = ['GetItem', 'Query', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'PutEvents'] as const;

/**
 * A function that advances an attempt may start the next queued one, stop work, ask about it, and report its
 * outcome. The outputs of a task's items are gathered in a manifest.
 */
const attempts = [...workCalls, 'GetObject', 'PutObject', 'SendTaskSuccess', 'SendTaskFailure'] as const;

/** A function that ends a run may start the next one, and stops what is still open. */
const runs = ['StartExecution', 'DescribeExecution', 'StopExecution'] as const;

/**
 * The functions, and the SDK commands that each sends. The roles follow from this table. A test compares it with the
 * commands in each function's bundle.
 */
export const functions = {
  api: { invoked: 'api', sends: [...ledger, ...attempts, ...runs, 'GetLogEvents', 'GetDashboardUrl'] },
  // a task may be a run of another pipeline
  'start-task': { invoked: 'state', sends: [...ledger, ...attempts, ...runs] },
  signal: { invoked: 'state', sends: [...ledger, 'SendTaskSuccess'] },
  'finish-run': { invoked: 'state', sends: [...ledger, ...attempts, ...runs] },
  'on-task-event': { invoked: 'event', sends: [...ledger, ...attempts, ...runs] },
  'on-run-state': { invoked: 'event', sends: [...ledger, ...attempts, ...runs] },
  'on-objects': { invoked: 'arrivals', sends: [...ledger, ...attempts, ...runs] },
  'on-trigger': { invoked: 'event', sends: [...ledger, ...attempts, ...runs] },
  // it also notifies people, and quotes the log
  reconcile: { invoked: 'sweep', sends: [...ledger, ...attempts, ...runs, 'GetLogEvents', 'Publish'] },
} as const satisfies Readonly<Record<string, FunctionSetting>>;

export type FunctionName = keyof typeof functions;
