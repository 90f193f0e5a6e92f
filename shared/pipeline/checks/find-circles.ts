import { isJsonObject } from '../../json.ts';
import type { Pipeline, Trigger, Value } from '../../model/pipeline.ts';
import { parseAddress } from '../../patterns/parse-address.ts';
import { kindOf } from '../../tasks/kinds.ts';

/** A run of `from` may start one of `to`. `by`: what does it. `certain`: false where it is read out of a name. */
type Edge = { readonly to: string; readonly by: string; readonly certain: boolean };

/** Pipelines that start each other for ever: the first of the file order, and what leads from it back to it. */
export type Circle = { readonly pipeline: string; readonly steps: readonly Edge[]; readonly certain: boolean };

/** Each circle once, the shortest through each pipeline, found in what the pipelines say of themselves. */
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
  return Object.values(to.triggers).flatMap((trigger) =>
    edgesOf(from, trigger).map((edge) => ({ ...edge, to: to.name })),
  );
}

function edgesOf(from: Pipeline, trigger: Trigger): Omit<Edge, 'to'>[] {
  switch (trigger.kind) {
    case 'pipeline':
      return trigger.pipeline === from.name ? [{ by: 'its end', certain: true }] : [];
    case 'datasets': {
      const published = from.tasks.flatMap(({ publishes }) => publishes);
      const dataset = [...trigger.datasets, ...(trigger.optional ?? [])].find((name) => published.includes(name));
      return dataset === undefined ? [] : [{ by: `the dataset ${dataset}`, certain: true }];
    }
    case 's3': {
      const address = written(from).find((each) => meets(each, trigger));
      return address === undefined ? [] : [{ by: `what it writes to ${address}`, certain: false }];
    }
    default:
      return [];
  }
}

/** Addresses in arguments whose names say that something is written there. What an expression makes is not known. */
function written({ tasks }: Pipeline): string[] {
  return tasks.flatMap(({ work }) =>
    entriesOf(kindOf(work.kind).file.values(work)).flatMap(([name, value]) =>
      /^(out|target|dest|sink|write)/i.test(name) && typeof value === 'string' && value.startsWith('s3://')
        ? [value]
        : [],
    ),
  );
}

function entriesOf(value: Value): [string, Value][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function meets(address: string, trigger: Extract<Trigger, { kind: 's3' }>): boolean {
  const place = parseAddress(address.endsWith('/') ? `${address}*` : address);
  if (place?.bucket !== trigger.bucket) return false;
  const beginning = place.key.replace(/\*$/, '');
  const waited = /^[^{*?]*/.exec(trigger.key)?.[0] ?? '';
  return beginning.startsWith(waited) || waited.startsWith(beginning);
}
