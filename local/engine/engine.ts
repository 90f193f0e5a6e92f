import { activityOperations } from './api/activity-operations.ts';
import { aliasOperations } from './api/alias-operations.ts';
import { executionOperations } from './api/execution-operations.ts';
import { historyOperations } from './api/history-operations.ts';
import { mapRunOperations } from './api/map-run-operations.ts';
import { redriveOperations } from './api/redrive-operations.ts';
import { stateMachineOperations } from './api/state-machine-operations.ts';
import { syncExecutionOperations } from './api/sync-execution-operations.ts';
import { tagOperations } from './api/tag-operations.ts';
import { taskOperations } from './api/task-operations.ts';
import { testStateOperations } from './api/test-state-operations.ts';
import { versionOperations } from './api/version-operations.ts';
import { definitionOperations } from './check/definition-operations.ts';
import { createCore } from './driver/create-core.ts';
import type { Operations } from './driver/engine-core.ts';
import { recoverExecutions } from './driver/recover-executions.ts';
import type { EngineOptions } from './ports/engine-options.ts';

export { ServiceError } from '../service/service-error.ts';
export type { ExecutionStatusDetail } from './frames/execution-status-detail.ts';
export type { EngineOptions, ObjectStore } from './ports/engine-options.ts';
export { type TaskCall, TaskFailure, type TaskRunner } from './ports/task-runner.ts';

export interface Engine {
  /**
   * One entry for each operation of the Step Functions API, with AWS's shapes (dates as epoch seconds).
   * @throws {ServiceError} AWS's errors
   */
  readonly operations: Operations;
  /** Resumes what the store contains: timers and waits. Calls without a recorded result are repeated. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** Step Functions in this process. Every effect is in the store before anybody outside sees it. */
export function createEngine(options: EngineOptions): Engine {
  const { core, perform } = createCore(options);
  return {
    operations: {
      ...stateMachineOperations(core),
      ...executionOperations(core),
      ...historyOperations(core),
      ...taskOperations(core),
      ...activityOperations(core),
      ...versionOperations(core),
      ...aliasOperations(core),
      ...tagOperations(core),
      ...definitionOperations(),
      ...mapRunOperations(core),
      ...redriveOperations(core),
      ...syncExecutionOperations(core),
      ...testStateOperations(core),
    },
    recover: async () => recoverExecutions(core, perform),
    async close() {
      await core.driver.close();
      options.store.close();
    },
  };
}
