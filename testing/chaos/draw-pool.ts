import { createRandom } from '../random.ts';
import type { Scenario, ScenarioTask } from './scenario.ts';

/** The name of the pool that some tasks share. */
export const poolName = 'shared';

/** Kinds of tasks that the scenarios give places, besides Glue jobs. */
const pooled: ReadonlySet<string> = new Set(['crawler', 'athena', 'data-quality', 'ecs', 'redshift']);

/**
 * Lets some tasks of some scenarios share a pool. A separate random sequence leaves scenarios without a pool unchanged.
 */
export function withPool(drawn: Scenario): Scenario {
  const random = createRandom(drawn.seed ^ 0x900_1000);
  if (drawn.stress !== undefined || !random.chance(0.25)) return drawn;
  const pool = random.pick([1, 1, 2, 3]);
  const tasks = drawn.tasks.map((task): ScenarioTask => {
    const canHold = task.other === undefined || pooled.has(task.other.kind);
    if (!canHold || !random.chance(0.8)) return task;
    return { ...task, places: random.pick([1, 1, Math.min(2, pool)]), priority: random.pick([0, 0, -10, 10]) };
  });
  return tasks.some(({ places }) => places !== undefined) ? { ...drawn, tasks, pool } : drawn;
}
