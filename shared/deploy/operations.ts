/** What an SDK command needs of IAM, and on which of the stack's things. */
export type Operation = { readonly actions: readonly string[]; readonly on: Scope };

/** `any`: AWS has no resource level for the action. */
export type Scope = 'ledger' | 'jobs' | 'machines' | 'executions' | 'outputs' | 'any';

/**
 * Every SDK command that a function may send. The names are those of the SDK's classes, without `Command`; a test
 * looks for them in the bundles.
 */
export const operations = {
  // Ledger. A transaction has no action of its own: its parts have.
  GetItem: { actions: ['dynamodb:GetItem'], on: 'ledger' },
  Query: { actions: ['dynamodb:Query'], on: 'ledger' },
  UpdateItem: { actions: ['dynamodb:UpdateItem'], on: 'ledger' },
  DeleteItem: { actions: ['dynamodb:DeleteItem'], on: 'ledger' },
  TransactWriteItems: { actions: ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'], on: 'ledger' },

  StartJobRun: { actions: ['glue:StartJobRun'], on: 'jobs' },
  GetJobRun: { actions: ['glue:GetJobRun'], on: 'jobs' },
  GetJobRuns: { actions: ['glue:GetJobRuns'], on: 'jobs' },
  BatchStopJobRun: { actions: ['glue:BatchStopJobRun'], on: 'jobs' },

  StartExecution: { actions: ['states:StartExecution'], on: 'machines' },
  DescribeExecution: { actions: ['states:DescribeExecution'], on: 'executions' },
  StopExecution: { actions: ['states:StopExecution'], on: 'executions' },
  SendTaskSuccess: { actions: ['states:SendTaskSuccess'], on: 'any' },
  SendTaskFailure: { actions: ['states:SendTaskFailure'], on: 'any' },

  GetObject: { actions: ['s3:GetObject'], on: 'outputs' },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** Why an action of scope `any` stands on `*`. */
export const whyAny: Readonly<Record<string, string>> = {
  states: 'Callbacks carry a task token, not an ARN: IAM has no resource level for states:SendTask*',
};
