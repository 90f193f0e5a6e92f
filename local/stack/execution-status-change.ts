import type { ExecutionStatusDetail } from '../engine/frames/execution-status-detail.ts';
import type { EventEntry } from '../events/event.ts';

/** The event that Step Functions sends when an execution changes its status. */
export function executionStatusChange(detail: ExecutionStatusDetail): EventEntry {
  const detailType = 'Step Functions Execution Status Change';
  return { source: 'aws.states', detailType, resources: [detail.executionArn], detail };
}
