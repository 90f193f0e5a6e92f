import { signalRun } from '../../actors/run-actor.ts';
import { isFailed } from '../../model/join-rule.ts';
import type { FinishResult } from '../../protocol/messages.ts';
import type { LostErrors } from '../../protocol/outcome.ts';
import type { FinishCall } from '../../protocol/read-call.ts';
import type { System } from '../../services/system.ts';
import { readOutcomes } from '../../views/run/read-outcomes.ts';
import { startFollowers } from './start-followers.ts';
import { tellParent } from './tell-parent.ts';

/** Of the failed tasks' names. */
const mostCharacters = 1000;

/**
 * Records the end that the state machine came to, frees the run's place and starts what waits for it. Which tasks failed is
 * in the ledger; the state machine says it when it fails.
 */
export async function finishRun(
  system: System,
  call: FinishCall & { readonly lost: LostErrors },
): Promise<FinishResult> {
  const { run: id, pipeline, status, lost } = call;
  system.log({ message: 'run finished', run: id, pipeline, status });
  const run = await signalRun(system, id, { is: 'finished', id, pipeline, status, lost });
  await tellParent(system, run);
  await startFollowers(system, id);
  if (status === 'SUCCEEDED') return {};
  const outcomes = await readOutcomes(system, id);
  const failed = Object.entries(outcomes).filter(
    ([, outcome]) => isFailed(outcome) && outcome.tolerated !== true && outcome.status !== 'upstream_failed',
  );
  const names = failed.map(([name]) => name).join(', ');
  return names === '' ? {} : { failed: names.slice(0, mostCharacters) };
}
