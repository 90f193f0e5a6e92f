import { topologicalOrder } from '../dag/topological-order.ts';

/** A graph whose edges go from a layer to the next one: a longer edge passes a vertex in each layer between. */
export type Layered = {
  /** Vertices below it are nodes, the others are passed by edges. */
  readonly size: number;
  readonly layerOf: readonly number[];
  /** By vertex: its neighbours in the layer before, and behind. */
  readonly before: readonly (readonly number[])[];
  readonly behind: readonly (readonly number[])[];
  /** By edge: the vertices on its way. */
  readonly ways: readonly (readonly number[])[];
};

/** Each node stands as far to the left as its predecessors let it; one without any, just before its successors. */
export function layersOf(size: number, edges: readonly (readonly [number, number])[]): Layered {
  const isNode = (node: number): boolean => node >= 0 && node < size;
  const successors: number[][] = Array.from({ length: size }, () => []);
  const predecessors: number[][] = Array.from({ length: size }, () => []);
  for (const [from, to] of edges) {
    if (!isNode(from) || !isNode(to) || from === to) continue;
    successors[from]?.push(to);
    predecessors[to]?.push(from);
  }
  const layerOf = new Array<number>(size).fill(0);
  const { order } = topologicalOrder(predecessors);
  for (const node of order) {
    for (const before of predecessors[node] ?? []) {
      layerOf[node] = Math.max(layerOf[node] ?? 0, (layerOf[before] ?? 0) + 1);
    }
  }
  for (const node of order) {
    const behind = successors[node] ?? [];
    if (predecessors[node]?.length !== 0 || behind.length === 0) continue;
    layerOf[node] = Math.max(0, Math.min(...behind.map((successor) => layerOf[successor] ?? 0)) - 1);
  }
  return withPasses(size, edges, layerOf);
}

function withPasses(size: number, edges: readonly (readonly [number, number])[], layerOf: number[]): Layered {
  const before: number[][] = Array.from({ length: size }, () => []);
  const behind: number[][] = Array.from({ length: size }, () => []);
  const ways = edges.map(([from, to]) => {
    const end = layerOf[to];
    const start = layerOf[from];
    // part of a cycle, or of no node that there is
    if (start === undefined || end === undefined || end <= start) return [from, to];
    const way = [from];
    for (let layer = start + 1; layer < end; layer += 1) {
      way.push(layerOf.length);
      layerOf.push(layer);
      before.push([]);
      behind.push([]);
    }
    way.push(to);
    for (let at = 1; at < way.length; at += 1) {
      const [left, right] = [way[at - 1] ?? 0, way[at] ?? 0];
      behind[left]?.push(right);
      before[right]?.push(left);
    }
    return way;
  });
  return { size, layerOf, before, behind, ways };
}
