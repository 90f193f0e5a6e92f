import type { Layered } from './layers-of.ts';

/** How far things stand from each other. A node's place is its middle. */
export type Spacing = {
  /** From a layer to the next one. */
  readonly layer: number;
  /** From a node to the next one of its layer. */
  readonly node: number;
  /** Between an edge that passes a layer and what is beside it there. */
  readonly pass: number;
};

const rounds = 12;

/**
 * The vertices' heights: each is drawn to the mean of its neighbours, from the left, from the right, and at last from
 * both, and keeps its order and its distance in its layer.
 */
export function placeLayers(
  { size, layerOf, before, behind }: Layered,
  layers: readonly (readonly number[])[],
  { node, pass }: Omit<Spacing, 'layer'>,
): Float64Array {
  const places = new Float64Array(layerOf.length);
  const room = (vertex: number): number => (vertex < size ? node : pass);
  const offsets = layers.map((layer) => {
    let offset = 0;
    return layer.map((vertex, at) => {
      const previous = layer[at - 1];
      if (previous !== undefined) offset += (room(previous) + room(vertex)) / 2;
      return offset;
    });
  });
  layers.forEach((layer, index) => {
    layer.forEach((vertex, at) => {
      places[vertex] = offsets[index]?.[at] ?? 0;
    });
  });
  for (let round = 0; round < rounds; round += 1) {
    const toRight = round % 2 === 0;
    const sides = round >= rounds - 2 ? [before, behind] : [toRight ? before : behind];
    for (let step = 0; step < layers.length; step += 1) {
      const index = toRight ? step : layers.length - 1 - step;
      const layer = layers[index] ?? [];
      const wishes = layer.map((vertex) => {
        let sum = 0;
        let count = 0;
        for (const side of sides) {
          for (const neighbour of side[vertex] ?? []) {
            sum += places[neighbour] ?? 0;
            count += 1;
          }
        }
        return count === 0 ? (places[vertex] ?? 0) : sum / count;
      });
      const placed = keepOrder(wishes, offsets[index] ?? []);
      layer.forEach((vertex, at) => {
        places[vertex] = placed[at] ?? 0;
      });
    }
  }
  return places;
}

type Block = { sum: number; readonly from: number; count: number };

/**
 * The places nearest to the wishes (least squares) of which each is at least as far behind the one before as its
 * offset says: isotonic regression by pooling of neighbours that are out of order.
 */
function keepOrder(wishes: readonly number[], offsets: readonly number[]): number[] {
  const blocks: Block[] = [];
  wishes.forEach((wish, at) => {
    let block: Block = { sum: wish - (offsets[at] ?? 0), from: at, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.sum / last.count > block.sum / block.count; ) {
      block = { sum: last.sum + block.sum, from: last.from, count: last.count + block.count };
      blocks.pop();
      last = blocks.at(-1);
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ sum, from, count }) =>
    Array.from({ length: count }, (_, at) => sum / count + (offsets[from + at] ?? 0)),
  );
}
