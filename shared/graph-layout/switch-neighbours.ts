import type { Layered } from './layers-of.ts';

/** More passes remove few crossings and take as long as the first ones. */
const passes = 4;

/**
 * Switches vertices that stand side by side in their layer, as long as that removes crossings (the greedy switch of
 * Eades and Kelly 1986). The sweeps cannot find these: they move a vertex by one side's neighbours alone.
 *
 * @param layers are changed
 * @param position by vertex: its place in its layer; is changed
 */
export function switchNeighbours(
  { before, behind }: Pick<Layered, 'before' | 'behind'>,
  layers: readonly number[][],
  position: Float64Array,
): void {
  const gain = (side: Layered['before'], upper: number, lower: number): number =>
    crossingsSaved(side[upper] ?? [], side[lower] ?? [], position);
  for (let pass = 0; pass < passes; pass += 1) {
    let hasSwitched = false;
    for (const layer of layers) {
      for (let at = 0; at + 1 < layer.length; at += 1) {
        const [upper = 0, lower = 0] = [layer[at], layer[at + 1]];
        if (gain(before, upper, lower) + gain(behind, upper, lower) <= 0) continue;
        layer[at] = lower;
        layer[at + 1] = upper;
        position[lower] = at;
        position[upper] = at + 1;
        hasSwitched = true;
      }
    }
    if (!hasSwitched) return;
  }
}

/** How many crossings fewer the edges of two vertices have once the vertices are switched. */
function crossingsSaved(upper: readonly number[], lower: readonly number[], position: Float64Array): number {
  let saved = 0;
  for (const one of upper) {
    const from = position[one] ?? 0;
    for (const other of lower) saved += Math.sign(from - (position[other] ?? 0));
  }
  return saved;
}
