import { expect, test } from 'vitest';
import type { Json } from '../../../../shared/json.ts';
import { sourceItems } from '../../../../shared/use-cases/child-runs/source-items.ts';
import { World } from '../../world/world.ts';

test.each<[Json, string]>([
  ['north', 'north'],
  [5, '5'],
  [{ id: 1, code: '', name: 'north' }, 'north'],
  ['', '#0'],
  [' ', '#0'],
  [null, '#0'],
  [{ id: 1 }, '#0'],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
])('people know the item %j as %s', async (item, label) => {
  expect(await sourceItems(new World([]).system, { list: [item] })).toEqual([{ item, label }]);
});
