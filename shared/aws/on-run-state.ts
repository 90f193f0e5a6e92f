import type { ExecutionStatusChange } from '../events/execution-status-change.ts';
import { signalRun } from './run-machine.ts';
import { startFollowers } from './start-followers.ts';
import type { System } from './system.ts';

/**
 * An execution has changed its status. What `finish-run` has not done is done here: the end is recorded, and whatever is
 * still open is stopped. Executions of other state machines, the parts of a split pipeline among them, are not runs.
 */
export async function onRunState(system: System, change: ExecutionStatusChange): Promise<void> {
  const { executionArn, name, status, stopDate, error, cause } = change;
  const entry = system.catalog.pipelines.find(({ stateMachineArn }) => stateMachineArn === change.stateMachineArn);
  if (entry === undefined) return;
  const pipeline = entry.pipeline.name;
  system.log({ message: 'execution status', run: name, pipeline, status });
  await signalRun(system, name, {
    is: 'execution',
    id: name,
    pipeline,
    executionArn,
    status,
    ...(stopDate === undefined ? {} : { endedAt: stopDate }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  });
  await startFollowers(system, name);
}
