import type { Pipeline } from '../../model/pipeline.ts';
import { used } from '../../tasks/kinds.ts';
import { triggerKind } from '../../triggers/kinds/kinds.ts';
import type { Start } from '../../triggers/kinds/trigger-kind.ts';

/** A run of one pipeline may start one of `to`. */
type Edge = Start & { readonly to: string };

/** Pipelines that start each other in a cycle: the first of them in file order, and the steps back to it. */
export type Circle = { readonly pipeline: string; readonly steps: readonly Edge[]; readonly certain: boolean };

/** Finds each cycle once, the shortest through each pipeline, from what the pipeline files say. */
export function findCircles(pipelines: readonly Pipeline[]): Circle[] {
  const edges = new Map(pipelines.map((from) => [from.name, pipelines.flatMap((to) => edgesBetween(from, to))]));
  const seen = new Set<string>();
  return pipelines.flatMap(({ name }): Circle[] => {
    const steps = shortestWay(edges, name);
    if (steps === undefined) return [];
    const members = steps
      .map(({ to }) => to)
      .toSorted()
      .join('\n');
    if (seen.has(members)) return [];
    seen.add(members);
    return [{ pipeline: name, steps, certain: steps.every(({ certain }) => certain) }];
  });
}

function shortestWay(edges: ReadonlyMap<string, readonly Edge[]>, home: string): readonly Edge[] | undefined {
  const ways: (readonly Edge[])[] = (edges.get(home) ?? []).map((edge) => [edge]);
  const reached = new Set<string>();
  for (const way of ways) {
    const at = way.at(-1)?.to ?? home;
    if (at === home) return way;
    if (reached.has(at)) continue;
    reached.add(at);
    ways.push(...(edges.get(at) ?? []).map((edge) => [...way, edge]));
  }
  return undefined;
}

function edgesBetween(from: Pipeline, to: Pipeline): Edge[] {
  const nested = from.tasks.flatMap((task): Edge[] =>
    used('pipeline', task).includes(to.name) ? [{ by: `its task ${task.name}`, certain: true, to: to.name }] : [],
  );
  const started = Object.values(to.triggers).flatMap((trigger): Edge[] => {
    const start = triggerKind(trigger.kind).startedBy(trigger, from);
    return start === undefined ? [] : [{ ...start, to: to.name }];
  });
  return [...nested, ...started];
}
