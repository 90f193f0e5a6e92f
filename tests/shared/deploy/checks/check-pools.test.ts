import { expect, test } from 'vitest';
import { unknownPools } from '../../../../shared/deploy/checks/check-pools.ts';
import { settings } from '../example.ts';

const pools = { warehouse: 4 };

test('the settings can change the places of a pool from jobs.yml', () => {
  expect(unknownPools({ settings: { ...settings, pools: { warehouse: 16 } }, pools })).toEqual([]);
});

test('a pool in the settings but not in jobs.yml is an error', () => {
  expect(unknownPools({ settings: { ...settings, pools: { warehose: 16 } }, pools })).toMatchObject([
    { severity: 'error', code: 'unknown-pool', about: 'settings', remedy: 'did you mean `warehouse`?' },
  ]);
  expect(unknownPools({ settings: { ...settings, pools: { lake: 2 } }, pools: {} })).toMatchObject([
    { remedy: 'describe it there: `pools: { lake: 2 }`' },
  ]);
});
