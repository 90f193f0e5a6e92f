export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** The detail of EventBridge's `Step Functions Execution Status Change`. Dates are epoch milliseconds. */
export type ExecutionStatusDetail = {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate: number | null;
  /** JSON text. Omitted (null) above 248 KiB. */
  readonly input: string | null;
  readonly inputDetails: { readonly included: boolean } | null;
  readonly output: string | null;
  readonly outputDetails: { readonly included: boolean } | null;
  readonly stateMachineVersionArn: string | null;
  readonly stateMachineAliasArn: string | null;
  readonly redriveCount: number;
  readonly redriveDate: number | null;
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE';
  readonly redriveStatusReason: string | null;
  readonly error: string | null;
  readonly cause: string | null;
};
