import { expect, test } from 'vitest';
import { readMap, signalMap } from '../../../shared/actors/map-actor.ts';
import { writeItemValues } from '../../../shared/runs/map/item-values.ts';
import { countOf } from '../../../shared/runs/map/map-record.ts';
import { World } from '../world/world.ts';

test('an invocation stops in time even if many items are refused one after another', async () => {
  const world = new World([]);
  const system = {
    ...world.system,
    ownRuns: async () => {
      world.now += 1_000;
      throw Object.assign(new Error('no such parameter'), { $metadata: { httpStatusCode: 400 } });
    },
  };
  const ref = { run: 'outer-x', task: 'regions', attempt: 1 };
  const items = Array.from({ length: 40 }, (_, index) => ({ label: String(index), params: {} }));
  const values = await writeItemValues(system.ledger, ref.run, items);
  const map = { ...ref, inner: 'inner', values, states: '.'.repeat(40), atOnce: 1, tolerated: 40, outputs: [] };
  await signalMap(system, ref, { is: 'claim', map });
  const failed = async () => {
    const now = await readMap(system, ref);
    return now === undefined ? 0 : countOf(now, 'failed');
  };
  expect(await failed()).toBe(15);
  await signalMap(system, ref, { is: 'tick' });
  await signalMap(system, ref, { is: 'tick' });
  expect(await failed()).toBe(40);
});
