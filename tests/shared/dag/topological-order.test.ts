import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topologicalOrder } from '../../../shared/dag/topological-order.ts';

test('nodes keep their order if possible', () => {
  expect(topologicalOrder([[2], [], [], [1]])).toEqual({ order: [1, 2, 0, 3], cycles: [] });
});

test('nodes after a cycle are sorted, and nodes on it are reported', () => {
  expect(topologicalOrder([[], [0, 2], [1], [2], [0]])).toEqual({ order: [0, 4, 3], cycles: [[1, 2, 1]] });
});

test('all disjoint cycles are found', () => {
  expect(topologicalOrder([[1], [0], [3, 1], [2]]).cycles).toEqual([
    [0, 1, 0],
    [2, 3, 2],
  ]);
});

test('in any graph every node comes after its predecessors or is on a cycle', () => {
  const graph = fc
    .integer({ min: 1, max: 12 })
    .chain((size) =>
      fc.array(fc.array(fc.integer({ min: 0, max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size }),
    );
  fc.assert(
    fc.property(graph, (predecessors) => {
      const { order, cycles } = topologicalOrder(predecessors);
      const onCycle = new Set(cycles.flat());
      expect([...order, ...onCycle].sort((a, b) => a - b)).toEqual([...predecessors.keys()]);
      const place = new Map(order.map((node, at) => [node, at]));
      for (const node of order) {
        for (const before of predecessors[node] ?? []) {
          if (!onCycle.has(before)) expect(place.get(before)).toBeLessThan(place.get(node) ?? -1);
        }
      }
      for (const cycle of cycles) {
        for (const [at, node] of cycle.slice(1).entries()) expect(predecessors[node]).toContain(cycle[at]);
      }
    }),
  );
});

test('a chain of 200,000 nodes does not overflow the call stack', () => {
  const chain = Array.from({ length: 200_000 }, (_, node) => (node === 0 ? [] : [node - 1]));
  expect(topologicalOrder(chain).order).toHaveLength(200_000);
});
