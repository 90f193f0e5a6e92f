import type { Pipeline } from '../../shared/model/pipeline.ts';
import { used } from '../../shared/tasks/kinds.ts';

/** The pipelines that the tasks of one run, directly or by further pipelines. Those that do not exist are left out. */
export function pipelinesRunBy(pipeline: Pipeline, all: readonly Pipeline[]): readonly Pipeline[] {
  const found = new Set([pipeline]);
  for (const one of found) {
    const names = new Set(one.tasks.flatMap((task) => used('pipeline', task)));
    for (const other of all) if (names.has(other.name) && other.name !== pipeline.name) found.add(other);
  }
  found.delete(pipeline);
  return [...found];
}
