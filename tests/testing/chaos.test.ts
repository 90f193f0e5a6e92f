import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { mutants } from '../../testing/chaos/mutants.ts';
import { drawScenario } from '../../testing/chaos/scenario.ts';
import { shrink } from '../../testing/chaos/shrink.ts';
import { tryScenario } from '../../testing/chaos/try-scenario.ts';

describe('chaotic runs', () => {
  test('keep every promise, and repeat for the same seed', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { wrong, digest } = await tryScenario(drawScenario(seed));
      expect(wrong, `seed ${seed}`).toEqual([]);
      if (seed <= 5) expect((await tryScenario(drawScenario(seed))).digest).toBe(digest);
    }
  });

  test('draw every kind of task', () => {
    const drawn = Array.from({ length: 300 }, (_, seed) => drawScenario(seed));
    const kinds = drawn.flatMap(({ tasks }) => tasks.map(({ other }) => other?.kind ?? 'glue-job'));
    expect([...new Set(kinds)].sort()).toEqual([
      ...[
        'approval',
        'athena',
        'aws',
        'batch',
        'crawler',
        'data-quality',
        'ecs',
        'emr-serverless',
        'emr-step',
        'glue-job',
        'lambda',
        'map',
        'pipeline',
        'redshift',
        'sensor',
        'wait',
      ],
    ]);
    expect(drawn.some(({ neighbour }) => neighbour !== undefined)).toBe(true);
  });

  test('that go wrong are reduced to the smallest case', async () => {
    const large = Array.from({ length: 200 }, (_, seed) => drawScenario(seed)).find(({ tasks }) => tasks.length > 6);
    if (large === undefined) throw new Error('no scenario is large');
    const smallest = await shrink(large, async ({ tasks }) => tasks.some(({ name }) => name === 't3'));
    expect(smallest.tasks).toEqual([
      {
        name: 't3',
        after: [],
        when: 'all_succeeded',
        tolerate: false,
        skipped: false,
        attempts: 1,
        job: expect.any(String),
        seconds: 60,
        endings: ['SUCCEEDED'],
      },
    ]);
    expect(smallest).not.toHaveProperty('stop');
    expect(smallest).not.toHaveProperty('rerun');
  });
});

test.each(mutants)('the planted bug, $name, still fits into the sources', ({ file, find }) => {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8').split(find)).toHaveLength(2);
});
