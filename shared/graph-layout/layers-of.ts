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
  const missing = new Array<number>(size).fill(0);
  for (const [from, to] of edges) {
    if (!isNode(from) || !isNode(to) || from === to) continue;
    successors[from]?.push(to);
    missing[to] = (missing[to] ?? 0) + 1;
  }
  const first = missing.map((count) => count === 0);
  const layerOf = new Array<number>(size).fill(0);
  const order = first.flatMap((isFirst, node) => (isFirst ? [node] : []));
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] ?? 0;
    const next = (layerOf[node] ?? 0) + 1;
    for (const successor of successors[node] ?? []) {
      if ((layerOf[successor] ?? 0) < next) layerOf[successor] = next;
      const left = (missing[successor] ?? 0) - 1;
      missing[successor] = left;
      if (left === 0) order.push(successor);
    }
  }
  for (const node of order) {
    const behind = successors[node] ?? [];
    if (first[node] !== true || behind.length === 0) continue;
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
