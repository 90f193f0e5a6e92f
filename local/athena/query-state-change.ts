import type { EventEntry } from '../events/event.ts';
import type { QueryExecution, QueryState } from './query-store.ts';

/**
 * `Athena Query State Change`: Athena sends one event for each transition.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/athena-events.html
 */
export function queryStateChange(query: QueryExecution, previousState: QueryState | undefined): EventEntry {
  return {
    source: 'aws.athena',
    detailType: 'Athena Query State Change',
    detail: {
      versionId: '0',
      currentState: query.state,
      ...(previousState !== undefined && { previousState }),
      statementType: query.statementType,
      queryExecutionId: query.id,
      workgroupName: query.workGroup,
      sequenceNumber: { QUEUED: '1', RUNNING: '2', SUCCEEDED: '3', FAILED: '3', CANCELLED: '3' }[query.state],
      ...(query.state === 'FAILED' && {
        athenaError: { errorCategory: 2, errorType: 1001, errorMessage: query.reason ?? '', retryable: false },
      }),
    },
  };
}
