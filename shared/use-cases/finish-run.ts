import { signalRun } from '../actors/run-actor.ts';
import type { Outcomes } from '../protocol/outcome.ts';
import type { FinishCall } from '../protocol/read-call.ts';
import type { System } from '../services/system.ts';
import { startFollowers } from './start-followers.ts';

/** Records how the state machine ended, frees the run's slot and starts the next queued run. */
export async function finishRun(system: System, call: FinishCall & { readonly tasks: Outcomes }): Promise<void> {
  const { run: id, pipeline, status, tasks } = call;
  system.log({ message: 'run finished', run: id, pipeline, status });
  await signalRun(system, id, { is: 'finished', id, pipeline, status, tasks });
  await startFollowers(system, id);
}
