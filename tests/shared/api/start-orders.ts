import { startRun } from '../../../shared/actors/start-run.ts';
import type { World } from '../world/world.ts';

/** Starts a run of the pipeline `orders`. @returns its id */
export async function startOrders(world: World, cause = 'a'): Promise<string> {
  const answer = await startRun(world.system, { pipeline: 'orders', cause, trigger: { kind: 'cli' } });
  if (answer.is === 'refused') throw new Error(answer.problems.join());
  return answer.run.id;
}
