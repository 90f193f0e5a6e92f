import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitKey } from '../../../shared/ledger/ledger-keys.ts';

const waiting = fc.record({
  priority: fc.integer({ min: -100, max: 100 }),
  catchUp: fc.boolean(),
  since: fc.integer({ min: 0, max: 4_102_444_800_000 }),
});

test('the keys of waiting tasks sort by priority, live runs first, then by age', () => {
  fc.assert(
    fc.property(waiting, waiting, (one, other) => {
      const keyOf = ({ priority, catchUp, since }: typeof one): string =>
        waitKey('warehouse', priority, catchUp, since, 'run#task').sort;
      const order =
        other.priority - one.priority || Number(one.catchUp) - Number(other.catchUp) || one.since - other.since;
      const [a, b] = [keyOf(one), keyOf(other)];
      expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
