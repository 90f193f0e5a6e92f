import { tellBadEnd } from '../../actors/kit/bad-end.ts';
import { signalRun } from '../../actors/run-actor.ts';
import type { ExecutionStatusChange } from '../../events/execution-status-change.ts';
import { present } from '../../json.ts';
import { runKey } from '../../ledger/ledger-keys.ts';
import type { System } from '../../services/system.ts';
import { startFollowers } from './start-followers.ts';
import { tellParent } from './tell-parent.ts';

/**
 * The status of an execution has changed. Records the end, and stops whatever is still open, if `finish-run` has not
 * done so. Executions of other state machines, including the parts of a split pipeline, are not runs; the log still
 * reports their failures.
 */
export async function onRunState(system: System, change: ExecutionStatusChange): Promise<void> {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate, error, cause } = change;
  tellBadEnd(system, name, stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1), status);
  const entry = system.catalog.pipelines.find((known) => known.stateMachineArn === stateMachineArn);
  const pipeline = entry?.pipeline.name ?? (await pipelineOf(system, name, executionArn));
  if (pipeline === undefined) return;
  system.log({ message: 'execution status', run: name, pipeline, status });
  const run = await signalRun(system, name, {
    is: 'execution',
    id: name,
    pipeline,
    executionArn,
    status,
    ...present({ startedAt: startDate, endedAt: stopDate, error, cause }),
  });
  await tellParent(system, run);
  await startFollowers(system, name);
}

/** A run outlives the deployment that removes its pipeline. Its record still knows the pipeline. */
async function pipelineOf({ ledger }: System, run: string, executionArn: string): Promise<string | undefined> {
  const value = (await ledger.get(runKey(run)))?.value;
  return value?.executionArn === executionArn && typeof value.pipeline === 'string' ? value.pipeline : undefined;
}
