import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay } from '../../bench/dag-replay.ts';
import { criticalPath, type GraphFile, taskName } from '../../bench/graph-file.ts';

const folder = path.resolve('..', 'shared', 'dags');
const graphs = ['dbt-tuva-cms_hcc', 'dbt-tuva-readmissions', 'moz-content_ml_hourly'];

describe('a real pipeline graph in the whole loop', () => {
  it.for(graphs)('%s takes exactly its critical path, with every draw of run times', async (name, context) => {
    if (!existsSync(folder)) return context.skip('the collection of real pipeline graphs is not here');
    const graph: GraphFile = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
    const draws = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 7, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(draws, async (seconds) => {
        const tasks = graph.tasks.map((task, index) => ({ ...task, seconds: seconds[(index * 3) % 7] ?? 1 }));
        expect((await replay({ ...graph, tasks })).ratio).toBeCloseTo(1, 6);
      }),
      { numRuns: 4 },
    );
  });
});

describe('a graph file', () => {
  const task = (id: string, seconds: number, ...dependsOn: string[]) => ({ id, seconds, dependsOn });

  it('has a critical path: its longest path', () => {
    expect(
      criticalPath({ id: 'g', tasks: [task('a', 5), task('b', 7), task('c', 1, 'a', 'b'), task('d', 4, 'a')] }),
    ).toBe(9);
  });

  it('keeps valid task names, and makes the others valid and unique', () => {
    expect(taskName('load_orders')).toBe('load_orders');
    const long = [`${'schema.'.repeat(20)}a`, `${'schema.'.repeat(20)}b`].map(taskName);
    for (const name of long) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
    expect(new Set(long).size).toBe(2);
  });
});
