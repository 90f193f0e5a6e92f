import type { OperationName } from './operations.ts';

/** What invokes a function, as far as its role is concerned. */
export type Invocation =
  /** By a state: the machine's role is what allows it. */
  | 'state'
  /** By EventBridge, asynchronously: its failures go to the dead letters. */
  | 'event'
  /** By Lambda itself, which reads the queue in the function's name. */
  | 'arrivals';

export type FunctionSetting = { readonly invoked: Invocation; readonly sends: readonly OperationName[] };

const ledger = ['GetItem', 'Query', 'UpdateItem', 'DeleteItem', 'TransactWriteItems'] as const;

/**
 * The functions and the SDK commands that each sends. The roles are made of this; a test fails when a function's
 * bundle holds a command that is not here, and when something stands here that no bundle holds.
 */
export const functions = {
  'start-task': {
    invoked: 'state',
    sends: [...ledger, 'StartJobRun', 'GetJobRuns', 'SendTaskSuccess', 'SendTaskFailure'],
  },
  signal: { invoked: 'state', sends: [...ledger, 'SendTaskSuccess'] },
  'finish-run': { invoked: 'state', sends: [...ledger, 'StartExecution', 'BatchStopJobRun'] },
  'on-job-state': {
    invoked: 'event',
    sends: [...ledger, 'StartJobRun', 'GetJobRun', 'GetJobRuns', 'SendTaskSuccess', 'SendTaskFailure', 'GetObject'],
  },
  'on-run-state': { invoked: 'event', sends: [...ledger, 'StartExecution', 'BatchStopJobRun'] },
  'on-objects': { invoked: 'arrivals', sends: [...ledger, 'StartExecution'] },
  reconcile: {
    invoked: 'event',
    sends: [
      ...ledger,
      'StartJobRun',
      'GetJobRun',
      'GetJobRuns',
      'BatchStopJobRun',
      'StartExecution',
      'DescribeExecution',
      'SendTaskSuccess',
      'SendTaskFailure',
      'GetObject',
    ],
  },
} as const satisfies Readonly<Record<string, FunctionSetting>>;

export type FunctionName = keyof typeof functions;
