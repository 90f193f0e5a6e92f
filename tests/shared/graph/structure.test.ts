import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBefore, orderOf } from '../../../shared/graph/dag.ts';
import { type Structure, structureOf } from '../../../shared/graph/structure.ts';
import { randomDag, randomSeriesParallel } from './random-dag.ts';

const structure = (predecessors: number[][]): Structure =>
  structureOf(orderOf({ size: predecessors.length, predecessors }));

function tasksOf(node: Structure): number[] {
  return node.kind === 'task' ? [node.task] : node.parts.flatMap(tasksOf);
}

function irreducible(node: Structure): number {
  if (node.kind === 'task') return 0;
  return node.parts.reduce((sum, part) => sum + irreducible(part), node.kind === 'irreducible' ? 1 : 0);
}

/** The pairs that a structure orders. */
function pairs(node: Structure): [number, number][] {
  if (node.kind === 'task') return [];
  const within = node.parts.flatMap(pairs);
  if (node.kind === 'parallel') return within;
  const across: [number, number][] = [];
  const above = node.parts.map((): Set<number> => new Set());
  node.parts.forEach((part, index) => {
    const before =
      node.kind === 'irreducible' ? (node.predecessors[index] ?? []) : [...node.parts.keys()].slice(0, index);
    for (const other of before) {
      above[index]?.add(other);
      for (const further of above[other] ?? []) above[index]?.add(further);
    }
    for (const other of above[index] ?? []) {
      const earlier = node.parts[other];
      if (earlier === undefined) continue;
      for (const a of tasksOf(earlier)) for (const b of tasksOf(part)) across.push([a, b]);
    }
  });
  return [...within, ...across];
}

describe('the structure of an order', () => {
  it('orders exactly the pairs that the graph orders', () => {
    fc.assert(
      fc.property(randomDag(14), (predecessors) => {
        const order = orderOf({ size: predecessors.length, predecessors });
        const found = new Set(pairs(structureOf(order)).map(([a, b]) => `${a}<${b}`));
        for (let a = 0; a < order.size; a += 1) {
          for (let b = 0; b < order.size; b += 1) expect(found.has(`${a}<${b}`)).toBe(isBefore(order, a, b));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('has no irreducible part for a series-parallel graph', () => {
    fc.assert(
      fc.property(randomSeriesParallel(10), (predecessors) => {
        expect(irreducible(structure(predecessors))).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['one task', [[]], { kind: 'task', task: 0 }],
    ['a chain', [[], [0], [1]], { kind: 'series', parts: [0, 1, 2].map((task) => ({ kind: 'task', task })) }],
    [
      'the smallest graph that is not series-parallel',
      [[], [], [0, 1], [1]],
      {
        kind: 'irreducible',
        parts: [0, 1, 2, 3].map((task) => ({ kind: 'task', task })),
        predecessors: [[], [], [0, 1], [1]],
      },
    ],
    [
      'an irreducible part with a part of two tasks in it',
      [[], [], [0, 1], [0, 1], [1]],
      {
        kind: 'irreducible',
        parts: [
          { kind: 'task', task: 0 },
          { kind: 'task', task: 1 },
          { kind: 'parallel', parts: [2, 3].map((task) => ({ kind: 'task', task })) },
          { kind: 'task', task: 4 },
        ],
        predecessors: [[], [], [0, 1], [1]],
      },
    ],
  ])('knows %s', (_, predecessors, expected) => {
    expect(structure(predecessors)).toEqual(expected);
  });
});

describe('the transitive reduction', () => {
  it('keeps no implied edge and loses no order', () => {
    fc.assert(
      fc.property(randomDag(12), (predecessors) => {
        const order = orderOf({ size: predecessors.length, predecessors });
        const again = orderOf({ size: order.size, predecessors: order.predecessors });
        expect(again.ancestors).toEqual(order.ancestors);
        order.predecessors.forEach((list, node) => {
          for (const one of list) {
            const without = order.predecessors.map((other, at) =>
              at === node ? list.filter((p) => p !== one) : other,
            );
            expect(isBefore(orderOf({ size: order.size, predecessors: without }), one, node)).toBe(false);
          }
        });
      }),
      { numRuns: 200 },
    );
  });
});
