import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Graph, layout } from '@dagrejs/dagre';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { layOutGraph, type Point, usualSpacing } from '../../../shared/graph-layout/lay-out-graph.ts';

type Edge = readonly [number, number];

/** Edges go to higher numbers. */
const dags = fc.integer({ min: 1, max: 40 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    edges: fc.uniqueArray(
      fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).map(([a, b]): Edge => [Math.min(a, b), Math.max(a, b)]),
      { maxLength: 80, selector: String },
    ),
  }),
);

const proper = (edges: readonly Edge[]) => edges.filter(([from, to]) => from !== to);

test('every edge goes to the right, layer by layer', () => {
  fc.assert(
    fc.property(dags, ({ size, edges }) => {
      const drawn = layOutGraph(size, proper(edges));
      proper(edges).forEach(([from, to], index) => {
        const way = drawn.edges[index] ?? [];
        expect(way[0]).toEqual(drawn.nodes[from]);
        expect(way.at(-1)).toEqual(drawn.nodes[to]);
        way.slice(1).forEach((point, at) => {
          expect(point.x - (way[at]?.x ?? 0)).toBe(usualSpacing.layer);
        });
      });
    }),
  );
});

test('nodes do not overlap, and all lie within the size', () => {
  fc.assert(
    fc.property(dags, ({ size, edges }) => {
      const { nodes, width, height } = layOutGraph(size, proper(edges));
      nodes.forEach((one, index) => {
        expect(one.x >= 0 && one.x <= width && one.y >= 0 && one.y <= height).toBe(true);
        for (const other of nodes.slice(index + 1)) {
          if (one.x === other.x) expect(Math.abs(one.y - other.y)).toBeGreaterThan(usualSpacing.node - 0.2);
        }
      });
    }),
  );
});

test('the reported crossings are the visible ones', () => {
  fc.assert(
    fc.property(dags, ({ size, edges }) => {
      // heights are rounded to tenths for the page, which affects a cross product of tenths
      const drawn = layOutGraph(size, proper(edges), { layer: 220, node: 5_000, pass: 3_000 });
      expect(drawn.crossings).toBe(drawnCrossings(drawn.edges));
    }),
  );
});

test('a chain is a straight line, a graph without edges one column, and an empty graph nothing', () => {
  const chain = layOutGraph(3, [
    [0, 1],
    [1, 2],
  ]);
  expect(chain.nodes).toEqual([
    { x: 0, y: 0 },
    { x: 220, y: 0 },
    { x: 440, y: 0 },
  ]);
  expect(layOutGraph(2, []).nodes).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 52 },
  ]);
  expect(layOutGraph(0, [])).toEqual({ nodes: [], edges: [], width: 0, height: 0, crossings: 0 });
});

test('a cycle, a loop and a dangling edge are drawn without an endless loop', () => {
  const drawn = layOutGraph(3, [
    [0, 1],
    [1, 2],
    [2, 1],
    [0, 0],
    [0, 9],
  ]);
  expect(drawn.nodes).toHaveLength(3);
  expect(drawn.nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
});

test('a graph that needs no crossing is drawn without one', () => {
  const swapped = layOutGraph(4, [
    [0, 3],
    [1, 2],
  ]);
  expect(swapped.crossings).toBe(0);
});

/** 50 layers of the same size; each node has one to three predecessors in the layers just before. */
function deep(size: number): Edge[] {
  const perLayer = Math.ceil(size / 50);
  let seed = 7;
  const draw = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  return Array.from({ length: size - perLayer }, (_, index): Edge[] => {
    const node = index + perLayer;
    return Array.from({ length: 1 + draw(2) }, () => [node - perLayer - draw(perLayer), node] as const).filter(
      ([from]) => from >= 0,
    );
  }).flat();
}

describe('within a page’s time', () => {
  test.each([
    [1_000, 200],
    [5_000, 2_000],
  ])('%i nodes take less than %i ms of processor time', (size, limit) => {
    const edges = deep(size);
    const before = process.cpuUsage();
    const drawn = layOutGraph(size, edges);
    const { user } = process.cpuUsage(before);
    expect(drawn.nodes).toHaveLength(size);
    // limits processor time, since the machine may be busy
    expect(user / 1_000).toBeLessThan(limit * 2);
  });
});

const folder = process.env.GLUEWRIGHT_DAGS ?? join(import.meta.dirname, '../../../../shared/dags');
const graphs = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
if (graphs.length === 0) console.log(`skipped: real graphs beside dagre: there is no folder ${folder}`);

const graphFile = z.object({ tasks: z.array(z.object({ id: z.string(), dependsOn: z.array(z.string()) })) });

describe.skipIf(graphs.length === 0)('on real graphs', () => {
  test('none has more crossings than dagre draws', () => {
    const rows = graphs.flatMap((name) => {
      const { tasks } = graphFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      const number = new Map(tasks.map(({ id }, index) => [id, index]));
      const edges = tasks.flatMap(({ dependsOn }, to) =>
        dependsOn.flatMap((id): Edge[] => {
          const from = number.get(id);
          return from === undefined ? [] : [[from, to]];
        }),
      );
      // dagre takes seconds for more
      if (tasks.length > 300) return [];
      const ours = drawnCrossings(layOutGraph(tasks.length, edges).edges);
      const dagres = drawnCrossings(dagreWays(tasks.length, edges));
      return [{ name, ours, dagres }];
    });
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ ours, dagres }) => ours > dagres)).toEqual([]);
  });
});

/** dagre's edges end at a node's border. For the comparison they end at its centre, like ours. */
function dagreWays(size: number, edges: readonly Edge[]): Point[][] {
  const graph = new Graph<unknown, Point, { readonly points: readonly Point[] }>();
  graph.setGraph({ rankdir: 'LR', nodesep: 52, ranksep: 100, edgesep: 14 });
  graph.setDefaultEdgeLabel(() => ({ points: [] }));
  for (let node = 0; node < size; node += 1) graph.setNode(String(node), { x: 0, y: 0, width: 10, height: 10 });
  for (const [from, to] of edges) graph.setEdge(String(from), String(to));
  layout(graph);
  return edges.map(([from, to]) => {
    const between = graph.edge(String(from), String(to)).points.slice(1, -1);
    return [graph.node(String(from)), ...between, graph.node(String(to))].map(({ x, y }) => ({ x, y }));
  });
}

type Segment = readonly [Point, Point];

/** Pairs of crossing segments in the finished drawing. Segments that share an end do not cross. */
function drawnCrossings(ways: readonly (readonly Point[])[]): number {
  const segments = ways.flatMap((way) =>
    way.slice(1).flatMap((end, at): Segment[] => {
      const start = way[at];
      return start === undefined ? [] : [[start, end]];
    }),
  );
  segments.sort((a, b) => a[0].x - b[0].x);
  let crossings = 0;
  segments.forEach((one, at) => {
    for (let next = at + 1; next < segments.length; next += 1) {
      const other = segments[next];
      if (other === undefined || other[0].x >= one[1].x) break;
      if (cross(one, other)) crossings += 1;
    }
  });
  return crossings;
}

function cross([a, b]: Segment, [c, d]: Segment): boolean {
  const side = (p: Point, q: Point, r: Point): number => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  const apart = (one: number, other: number): boolean => one * other < 0;
  return apart(side(a, b, c), side(a, b, d)) && apart(side(c, d, a), side(c, d, b));
}
