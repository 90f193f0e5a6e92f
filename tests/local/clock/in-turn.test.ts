import { expect, test } from 'vitest';
import { createInTurn } from '../../../local/clock/in-turn.ts';

test('waiters resume one by one, in order', async () => {
  const inTurn = createInTurn();
  const steps: string[] = [];
  const act = async (name: string) => {
    await inTurn();
    for (const step of ['reads', 'writes']) {
      steps.push(`${name} ${step}`);
      await Promise.resolve();
    }
  };
  await Promise.all(['a', 'b', 'c'].map(act));
  expect(steps).toEqual(['a reads', 'a writes', 'b reads', 'b writes', 'c reads', 'c writes']);
});
