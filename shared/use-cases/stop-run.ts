import { signalRun } from '../actors/run-actor.ts';
import type { RunRecord } from '../runs/run/run-record.ts';
import type { System } from '../services/system.ts';

/**
 * Asks for a run's end. Its execution is stopped now; its jobs are stopped when Step Functions tells of the end, or by the
 * reconciler, which repeats it until it is true. Undefined: there is no such run.
 */
export function stopRun(system: System, run: string): Promise<RunRecord | undefined> {
  system.log({ message: 'run stop asked for', run });
  return signalRun(system, run, { is: 'stop' });
}
