/**
 * How many pairs of edges between neighbouring layers cross: the inversions among their right ends, counted by a
 * Fenwick tree (Barth, Jünger and Mutzel 2002).
 */
export function countCrossings(
  layers: readonly (readonly number[])[],
  behind: readonly (readonly number[])[],
  position: Float64Array,
): number {
  let crossings = 0;
  layers.forEach((layer, index) => {
    const next = layers[index + 1];
    if (next === undefined) return;
    const tree = new Int32Array(next.length + 1);
    let seen = 0;
    for (const vertex of layer) {
      const ends = (behind[vertex] ?? []).map((end) => position[end] ?? 0);
      if (ends.length > 1) ends.sort((a, b) => a - b);
      for (const end of ends) {
        let notBeyond = 0;
        for (let at = end + 1; at > 0; at -= at & -at) notBeyond += tree[at] ?? 0;
        crossings += seen - notBeyond;
        for (let at = end + 1; at <= next.length; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
        seen += 1;
      }
    }
  });
  return crossings;
}
