import { createRandom } from '../testing/random.ts';
import type { GraphFile } from './graph-file.ts';

/** Tasks side by side; how far back a task reaches, in layers. */
const width = 250;
const reach = 2;

/**
 * A graph like those of large teams, only larger: layers of 250 tasks, each task after one to three tasks of the two
 * previous layers, and a final report after every task that nothing else waits for. Repeats for the same seed.
 */
export function largeGraph(size: number, seed = 1): GraphFile {
  const random = createRandom(seed);
  const nameOf = (task: number): string => `mart_${Math.floor(task / width)}_load_${task}`;
  const awaited = new Set<number>();
  const tasks = Array.from({ length: size - 1 }, (_, task) => {
    const layer = Math.floor(task / width);
    const [from, to] = [Math.max(0, layer - reach) * width, layer * width - 1];
    const after = layer === 0 ? [] : Array.from({ length: random.integer(1, 3) }, () => random.integer(from, to));
    for (const other of after) awaited.add(other);
    return {
      id: nameOf(task),
      seconds: random.integer(20, 900),
      dependsOn: [...new Set(after)].sort((a, b) => a - b).map(nameOf),
    };
  });
  const last = tasks.flatMap(({ id }, task) => (awaited.has(task) ? [] : [id]));
  return { id: `layers-${size}`, tasks: [...tasks, { id: 'report', seconds: 60, dependsOn: last }] };
}
