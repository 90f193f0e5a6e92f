import { countCrossings } from './count-crossings.ts';
import type { Layered } from './layers-of.ts';
import { switchNeighbours } from './switch-neighbours.ts';

export type OrderedLayers = {
  /** By layer: its vertices from top to bottom. */
  readonly layers: readonly (readonly number[])[];
  readonly crossings: number;
};

const sweeps = 24;
/** The mean finds the rough order, the median then mends what it leaves. */
const meanSweeps = 8;

/**
 * Sorts each layer by its neighbours, to and fro, and keeps the order with the fewest crossings. Then switches
 * vertices that stand side by side wherever that removes crossings.
 */
export function orderLayers(graph: Layered): OrderedLayers {
  const { layerOf, before, behind } = graph;
  const layers: number[][] = [];
  layerOf.forEach((layer, vertex) => {
    for (let missing = layers.length; missing <= layer; missing += 1) layers.push([]);
    layers[layer]?.push(vertex);
  });
  const position = new Float64Array(layerOf.length);
  const wish = new Float64Array(layerOf.length);
  const number = (layer: readonly number[]): void => {
    let at = 0;
    for (const vertex of layer) position[vertex] = at++;
  };
  for (const layer of layers) number(layer);

  let best = layers.map((layer) => [...layer]);
  let fewest = countCrossings(layers, behind, position);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const toRight = sweep % 2 === 0;
    const neighbours = toRight ? before : behind;
    const wishOf = sweep < meanSweeps ? meanOf : weightedMedianOf;
    // vertices that wish for the same place try both orders
    const ties = sweep % 4 < 2 ? 1 : -1;
    for (let step = 0; step < layers.length; step += 1) {
      const layer = layers[toRight ? step : layers.length - 1 - step] ?? [];
      for (const vertex of layer) {
        wish[vertex] = wishOf(neighbours[vertex] ?? [], position) ?? position[vertex] ?? 0;
      }
      layer.sort((a, b) => (wish[a] ?? 0) - (wish[b] ?? 0) || ties * ((position[a] ?? 0) - (position[b] ?? 0)));
      number(layer);
    }
    const crossings = countCrossings(layers, behind, position);
    if (crossings < fewest) {
      fewest = crossings;
      best = layers.map((layer) => [...layer]);
    }
  }
  best.forEach(number);
  switchNeighbours(graph, best, position);
  return { layers: best, crossings: countCrossings(best, behind, position) };
}

function meanOf(vertices: readonly number[], position: Float64Array): number | undefined {
  if (vertices.length === 0) return undefined;
  let sum = 0;
  for (const vertex of vertices) sum += position[vertex] ?? 0;
  return sum / vertices.length;
}

/** The median, drawn to the side on which the neighbours stand closer together (Gansner et al. 1993). */
function weightedMedianOf(vertices: readonly number[], position: Float64Array): number | undefined {
  if (vertices.length < 2) return vertices[0] === undefined ? undefined : position[vertices[0]];
  const places = vertices.map((vertex) => position[vertex] ?? 0).sort((a, b) => a - b);
  const middle = places.length >> 1;
  const upper = places[middle] ?? 0;
  if (places.length % 2 === 1) return upper;
  const lower = places[middle - 1] ?? 0;
  const below = lower - (places[0] ?? 0);
  const above = (places.at(-1) ?? 0) - upper;
  return below + above === 0 ? (lower + upper) / 2 : (lower * above + upper * below) / (below + above);
}
