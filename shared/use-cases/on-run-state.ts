import { signalRun } from '../actors/run-actor.ts';
import type { ExecutionStatusChange } from '../events/execution-status-change.ts';
import { present } from '../json.ts';
import { runKey } from '../ledger/ledger-keys.ts';
import type { System } from '../services/system.ts';
import { startFollowers } from './start-followers.ts';
import { tellParent } from './tell-parent.ts';

const badEnds: ReadonlySet<string> = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

/**
 * An execution has changed its status. What `finish-run` has not done is done here: the end is recorded, and whatever is
 * still open is stopped. Executions of other state machines, the parts of a split pipeline among them, are not runs; the
 * log says of them, too, that they ended badly.
 */
export async function onRunState(system: System, change: ExecutionStatusChange): Promise<void> {
  const { executionArn, stateMachineArn, name, status, stopDate, error, cause } = change;
  if (badEnds.has(status)) {
    const machine = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
    system.log({ message: 'execution ended badly', level: 'warning', run: name, machine, status });
  }
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
    ...present({ endedAt: stopDate, error, cause }),
  });
  await tellParent(system, run);
  await startFollowers(system, name);
}

/** A run outlives the deployment that removes its pipeline: then its record knows what it is a run of. */
async function pipelineOf({ ledger }: System, run: string, executionArn: string): Promise<string | undefined> {
  const value = (await ledger.get(runKey(run)))?.value;
  return value?.executionArn === executionArn && typeof value.pipeline === 'string' ? value.pipeline : undefined;
}
