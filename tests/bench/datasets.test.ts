import { expect, test } from 'vitest';
import { compareDatasets } from '../../bench/datasets.ts';

test('triggers start as a plain model of what was published says, whatever becomes of runs and events', async () => {
  const { differences, runs } = await compareDatasets(6, 20261122);
  expect(differences).toEqual([]);
  expect(runs).toBeGreaterThan(10);
});
