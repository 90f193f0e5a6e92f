import { signalRun } from '../actors/run-actor.ts';
import type { Outcomes } from '../protocol/outcome.ts';
import type { FinishCall } from '../protocol/read-call.ts';
import type { System } from '../services/system.ts';
import { startFollowers } from './start-followers.ts';
import { tellParent } from './tell-parent.ts';

/** Records the end that the state machine came to, frees the run's place and starts what waits for it. */
export async function finishRun(system: System, call: FinishCall & { readonly tasks: Outcomes }): Promise<void> {
  const { run: id, pipeline, status, tasks } = call;
  system.log({ message: 'run finished', run: id, pipeline, status });
  const run = await signalRun(system, id, { is: 'finished', id, pipeline, status, tasks });
  await tellParent(system, run);
  await startFollowers(system, id);
}
