import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphRows } from '../../../cli/render/graph-rows.ts';

const draw = (text: string): string =>
  graphRows(
    text.split(' ').map((word) => {
      const [name = '', after = ''] = word.split(':');
      return { name, after: after === '' ? [] : after.split(',') };
    }),
  )
    .map(({ drawing, name }) => `${drawing} ${name}`)
    .join('\n');

describe('a graph drawn in lanes', () => {
  test.each([
    ['a chain stays in one lane', 'a b:a c:b', ['● a', '● b', '● c']],
    ['unrelated tasks never stand below each other', 'a b c', ['●   a', '  ● b', '●   c']],
    ['a chain beside an unrelated task', 'a b:a c', ['●   a', '●   b', '  ● c']],
    ['what joins closes its lanes', 'a b c d:a,b,c', ['●     a', '│ ●   b', '│ │ ● c', '●─┴─╯ d']],
    ['what forks goes on', 'a b:a c:a d:b,c', ['●   a', '├─● b', '● │ c', '●─╯ d']],
    [
      'a lane is passed behind, or joined on the way',
      'a b p:a,b c q:a,c r:b s:a',
      ['●       a', '│ ●     b', '├─┼─●   p', '│ │   ● c', '├─│───● q', '│ ●     r', '●       s'],
    ],
    ['what is upstream is drawn where it is needed', 'a b x:a y:b', ['●   a', '●   x', '  ● b', '  ● y']],
    ['upstream is drawn first, whatever the order', 'b:a a', ['● a', '● b']],
  ])('%s', (_, graph, lines) => {
    expect(draw(graph).split('\n')).toEqual(lines);
  });

  test('every node of any DAG is drawn once, after what it waits for, in a drawing of even width', () => {
    const dags = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 30 }).map((lists) =>
      lists.map((list, i) => ({
        name: `t${i}`,
        after: i === 0 ? [] : [...new Set(list.map((upstream) => `t${upstream % i}`))],
      })),
    );
    fc.assert(
      fc.property(dags, (nodes) => {
        const rows = graphRows(nodes);
        expect(rows.map((row) => row.name).sort()).toEqual(nodes.map((node) => node.name).sort());
        const drawn = new Set<string>();
        for (const { name } of rows) {
          for (const upstream of nodes.find((node) => node.name === name)?.after ?? [])
            expect(drawn).toContain(upstream);
          drawn.add(name);
        }
        expect(new Set(rows.map((row) => row.drawing.length)).size).toBeLessThanOrEqual(1);
        for (const { drawing } of rows) expect(drawing.match(/●/g)).toHaveLength(1);
      }),
    );
  });

  test('a node directly below another waits for it, and a line joins them', () => {
    const dags = fc.array(fc.array(fc.nat(), { maxLength: 2 }), { maxLength: 12 }).map((lists) =>
      lists.map((list, i) => ({
        name: `t${i}`,
        after: i === 0 ? [] : [...new Set(list.map((upstream) => `t${upstream % i}`))],
      })),
    );
    fc.assert(
      fc.property(dags, (nodes) => {
        const rows = graphRows(nodes);
        for (const [at, { name, drawing, below }] of rows.entries()) {
          const next = rows[at + 1];
          if (next === undefined || drawing.indexOf('●') !== next.drawing.indexOf('●')) continue;
          expect(nodes.find((node) => node.name === next.name)?.after).toContain(name);
          expect(below).toContain('│');
        }
      }),
    );
  });

  test('a drawing that would be too wide to read is left out', () => {
    const roots = Array.from({ length: 40 }, (_, i) => ({ name: `t${i}`, after: [] }));
    const rows = graphRows([...roots, { name: 'end', after: roots.map((root) => root.name) }]);
    expect(rows.at(-1)).toEqual({ name: 'end', drawing: '' });
  });

  test('a chain of thousands of tasks is drawn', () => {
    const nodes = Array.from({ length: 5000 }, (_, i) => ({ name: `t${i}`, after: i === 4999 ? [] : [`t${i + 1}`] }));
    expect(graphRows(nodes).at(0)).toEqual({ name: 't4999', drawing: '●', below: '│' });
  });
});
