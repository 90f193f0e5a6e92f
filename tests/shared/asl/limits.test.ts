import { expect, test } from 'vitest';
import { causeLength, documentBytes, limits } from '../../../shared/asl/limits.ts';

test.each([1, 30, 200, 300, 301, 1_000, 1_600])(
  'the outcomes of %i tasks that all fail with a cause have the room that is kept for them',
  (count) => {
    const tasks = Array.from({ length: count }, (_, task) => ({
      name: `a-task-with-a-name-${task}`,
      tolerate: task % 2 === 0,
    }));
    const outcomes = tasks.map(({ name, tolerate }) => ({
      tasks: {
        [name]: {
          status: 'failed',
          ...(tolerate ? { tolerated: true } : {}),
          error: 'States.QueryEvaluationError',
          ...(causeLength(count) === 0 ? {} : { cause: '"'.repeat(causeLength(count)) }),
        },
      },
    }));
    const bytes = JSON.stringify(outcomes).length;
    expect(bytes).toBeLessThanOrEqual(documentBytes(tasks) + 2);
    expect(documentBytes(tasks)).toBeLessThan(limits.document);
  },
);
