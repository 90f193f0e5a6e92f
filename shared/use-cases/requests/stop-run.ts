import { signalRun } from '../../actors/run-actor.ts';
import type { RunRecord } from '../../runs/run/run-record.ts';
import type { System } from '../../services/system.ts';

/**
 * Stops a run. Its execution stops now. Its jobs stop when Step Functions reports the end, or through the
 * reconciler, which repeats it until they have stopped. Undefined: there is no such run.
 */
export function stopRun(system: System, run: string): Promise<RunRecord | undefined> {
  system.log({ message: 'run stop asked for', run });
  return signalRun(system, run, { is: 'stop' });
}
