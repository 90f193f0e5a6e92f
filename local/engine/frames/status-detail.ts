import type { Execution } from './execution.ts';
import type { ExecutionStatusDetail } from './execution-status-detail.ts';

/** Above this size, the event omits the value (Step Functions guide, EventBridge events). */
const maxIncluded = 248 * 1024;

export function statusDetail(execution: Execution): ExecutionStatusDetail {
  const { status, machine } = execution;
  const input = included(execution.input);
  const output = execution.output === undefined ? undefined : included(execution.output);
  const redrivable = status !== 'RUNNING' && status !== 'SUCCEEDED';
  return {
    executionArn: execution.arn,
    stateMachineArn: machine.arn,
    name: execution.name,
    status,
    startDate: execution.startedAt,
    stopDate: execution.stoppedAt ?? null,
    input: input ?? null,
    inputDetails: { included: input !== undefined },
    output: output ?? null,
    outputDetails: execution.output === undefined ? null : { included: output !== undefined },
    stateMachineVersionArn: machine.versionArn ?? null,
    stateMachineAliasArn: machine.aliasArn ?? null,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redrivenAt ?? null,
    redriveStatus: redrivable ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: redrivable ? null : `Execution is ${status} and cannot be redriven`,
    error: execution.error ?? null,
    cause: execution.cause ?? null,
  };
}

function included(text: string): string | undefined {
  return text.length * 3 > maxIncluded && Buffer.byteLength(text) > maxIncluded ? undefined : text;
}
