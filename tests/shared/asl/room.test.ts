import { expect, test } from 'vitest';
import { limits } from '../../../shared/asl/limits.ts';
import { causeLength, outputRoom } from '../../../shared/asl/room.ts';

test.each([1, 30, 200, 250, 500, 700])('the errors of %i failed tasks fit into the reserved room', (count) => {
  const tasks = Array.from({ length: count }, (_, task) => ({ name: `a-task-with-a-name-${task}` }));
  const length = causeLength(tasks);
  if (length === undefined) throw new Error('no room');
  const cause = length === 0 ? {} : { cause: '"'.repeat(length) };
  const lost = Object.fromEntries(tasks.map(({ name }) => [name, { error: 'States.QueryEvaluationError', ...cause }]));
  expect(JSON.stringify(lost).length).toBeLessThanOrEqual(limits.causes);
});

test('for ten thousand tasks the document says that they failed, but not why', () => {
  expect(causeLength(Array.from({ length: 10_000 }, (_, task) => ({ name: `t${task}` })))).toBeUndefined();
});

test('outputs that are carried together share the available room', () => {
  expect(outputRoom([{ bytes: 1_000, outputs: 0 }])).toBe(limits.output);
  expect(
    outputRoom([
      { bytes: 50_000, outputs: 20 },
      { bytes: 1_000, outputs: 1 },
    ]),
  ).toBe(10_000);
  expect(outputRoom([{ bytes: 50_000, outputs: 1_000 }])).toBeUndefined();
  expect(outputRoom([{ bytes: limits.document + 1, outputs: 0 }])).toBeUndefined();
});
