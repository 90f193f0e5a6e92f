import { expect, test } from 'vitest';
import { compareDatasets } from '../../bench/datasets.ts';

test('dataset triggers start the runs that a simple model expects, despite failed runs and lost events', async () => {
  const { differences, runs } = await compareDatasets(6, 20261122);
  expect(differences).toEqual([]);
  expect(runs).toBeGreaterThan(10);
});
