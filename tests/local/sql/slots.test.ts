import { expect, test } from 'vitest';
import { createSlots } from '../../../local/sql/slots.ts';

test('work waits for a slot in order, and a failure frees its slot', async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const work = (name: string) =>
    slots.use(async () => {
      order.push(name);
      if (name === 'a') throw new Error('a failed');
    });
  const ends = await Promise.allSettled(['a', 'b', 'c'].map(work));
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(order).toEqual(['a', 'b', 'c']);
});
