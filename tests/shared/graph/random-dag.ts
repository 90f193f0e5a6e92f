import fc from 'fast-check';

/** Predecessors by node, in topological order. Shapes from sparse to dense. */
export const randomDag = (most: number): fc.Arbitrary<number[][]> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: most }),
      fc.double({ min: 0, max: 0.6, noNaN: true }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
    )
    .map(([size, density, draws]) =>
      Array.from({ length: size }, (_, node) =>
        Array.from({ length: node }, (_, other) => other).filter(() => (draws.next().value ?? 1) < density),
      ),
    );

/** Series-parallel by construction. */
export const randomSeriesParallel = (depth: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.tuple(fc.boolean(), fc.nat()), { minLength: 1, maxLength: depth }).map((moves) => {
    // Each move composes the graph so far with a single node or with a copy of itself, in series or side by side.
    let graph: number[][] = [[]];
    for (const [series, choice] of moves) {
      const other: number[][] = choice % 3 === 0 && graph.length < 20 ? graph : [[]];
      const shifted = other.map((list) => list.map((node) => node + graph.length));
      const all = graph.map((_, node) => node);
      graph = [...graph, ...shifted.map((list) => (series ? [...all, ...list] : list))];
    }
    return graph;
  });
